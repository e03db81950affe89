import type { ReactElement, ReactNode } from 'react'

/** A titled box of a page. */
export function Card({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section aria-label={title} className="min-w-0 rounded-lg border border-line bg-panel">
      <h3 className="px-3 pt-2.5 pb-1 font-semibold">{title}</h3>
      {children}
    </section>
  )
}
