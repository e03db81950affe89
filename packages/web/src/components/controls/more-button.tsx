import type { ReactElement } from 'react'

/** Asks for the next part of a list; nothing where there is none. */
export function MoreButton(props: {
  readonly query: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    fetchNextPage(): Promise<unknown>
  }
  /** Default: `Show more`. */
  readonly label?: string
  readonly className?: string
}): ReactElement | null {
  const { query, label = 'Show more', className = '' } = props
  if (!query.hasNextPage) return null
  return (
    <button
      className={`link-text ${className}`}
      disabled={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
      type="button"
    >
      {query.isFetchingNextPage ? 'Loading…' : label}
    </button>
  )
}
