import type { RouteComponent } from '@tanstack/react-router'
import { type ReactElement, use } from 'react'

/** A page whose code comes when it is first opened. Where it cannot be had, drawing the page throws what `isMissingCode` knows. */
export function lazyPage<Name extends string>(
  load: () => Promise<Readonly<Record<Name, RouteComponent>>>,
  name: Name,
): RouteComponent {
  let Page: RouteComponent | undefined
  let loading: Promise<void> | undefined
  const start = (): Promise<void> => {
    loading ??= load().then((module) => {
      Page = module[name]
    })
    return loading
  }
  // biome-ignore lint/correctness/noComponentHookFactories: each page is made once, when its route is.
  function LazyPage(): ReactElement {
    if (Page === undefined) use(start())
    const Loaded = Page as RouteComponent
    return <Loaded />
  }
  // The router loads what is pointed at; a failure is told by the page itself, when it is opened.
  return Object.assign(LazyPage, { preload: () => start().catch(() => {}) })
}
