import type { ReactElement, ReactNode, Ref } from 'react'
import { Failure } from './failure.tsx'

/** The frame of something that a run has logged under a key: its heading, and what it shows or why it cannot. */
export function ContentCard(props: {
  /** What it is called. Default: its title. */
  readonly label: string | undefined
  /** Its key. */
  readonly title: string
  /** Instead of the key: of which run it is, where runs are beside each other. */
  readonly heading: ReactNode
  /** Beside the heading, such as the step. */
  readonly note: ReactNode
  readonly query: {
    readonly data: unknown
    readonly isPending: boolean
    readonly error: Error | null
    refetch(): unknown
  }
  readonly className: string
  /** Little room is left around what it shows. */
  readonly isCompact?: boolean
  readonly ref: Ref<HTMLElement>
  readonly children: ReactNode
}): ReactElement {
  const { title, query, isCompact = false } = props
  return (
    <section
      aria-label={props.label ?? title}
      className={`flex min-w-0 flex-col rounded-lg border border-line bg-panel ${props.className}`}
      ref={props.ref}
    >
      <header className={`flex items-baseline gap-2 ${isCompact ? 'px-2 pt-0.5 text-sm' : 'px-3 pt-2'}`}>
        <h3 className="min-w-0 truncate font-medium" title={title}>
          {props.heading ?? title}
        </h3>
        <span className="shrink-0 text-muted text-sm">{props.note}</span>
      </header>
      <div className={`min-h-0 flex-1 ${isCompact ? 'p-1.5 pt-0.5' : 'p-3'}`}>
        {props.children}
        {query.isPending && <div aria-label={`Loading ${title}`} className="skeleton h-40" role="img" />}
        {query.error && query.data === undefined && <Failure error={query.error} onRetry={() => query.refetch()} />}
      </div>
    </section>
  )
}
