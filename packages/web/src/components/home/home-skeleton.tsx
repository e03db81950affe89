import type { ReactElement } from 'react'

/** In the place of lists of projects that are on their way. */
export function HomeSkeleton(): ReactElement {
  return (
    <div aria-label="Loading projects" className="mx-auto w-full max-w-4xl px-4 py-8" role="img">
      <div className="skeleton mb-4 h-7 w-32" />
      <div className="skeleton h-48" />
    </div>
  )
}
