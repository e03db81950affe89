import type { ReactElement, ReactNode } from 'react'

/** What is worth knowing about a query that is correct. It is always there: what comes into it is told. */
export function QueryNotice({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <p className={children ? 'mt-1 text-muted text-sm' : 'sr-only'} role="status">
      {children}
    </p>
  )
}
