import type { RouteComponent } from '@tanstack/react-router'
import { type ReactElement, use } from 'react'

/** The code of a page could not be had, most likely because the server is away. */
export class PageNotLoadedError extends Error {
  /** After this, the page asks for its code again when it is drawn. */
  readonly forget: () => void

  constructor(cause: unknown, forget: () => void) {
    super('The code of this page could not be loaded.', { cause })
    this.name = 'PageNotLoadedError'
    this.forget = forget
  }
}

/**
 * A page whose code comes when it is first opened. Where the server is there without that code, it has another version by now,
 * and the document is loaded anew, once; where it is away, doing so would take all that is on screen.
 *
 * @throws {@link PageNotLoadedError} when it is drawn and its code cannot be had.
 */
export function lazyPage<Name extends string>(
  load: () => Promise<Readonly<Record<Name, RouteComponent>>>,
  name: Name,
): RouteComponent {
  let Page: RouteComponent | undefined
  let loading: Promise<void> | undefined
  const forget = (): void => {
    loading = undefined
  }
  const loadOnce = async (): Promise<void> => {
    try {
      Page = (await load())[name]
    } catch (error) {
      if (await isNewVersion(name)) location.reload()
      throw new PageNotLoadedError(error, forget)
    }
  }
  const start = (): Promise<void> => {
    loading ??= loadOnce()
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

async function isNewVersion(page: string): Promise<boolean> {
  const key = `lossline.reloaded.${page}`
  try {
    if (sessionStorage.getItem(key) !== null) return false
    const response = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(5000) })
    if (response.ok) sessionStorage.setItem(key, '1')
    return response.ok
  } catch {
    return false
  }
}
