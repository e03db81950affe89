import type { ReactElement } from 'react'
import { GuideLink } from '../guide/guide-link.tsx'
import { PageMessage } from '../shell/page-message.tsx'

/** What stands where runs would: why there are none, and what to do about it. */
export function NoRuns(props: {
  readonly query: string
  /** What would match. */
  readonly reason: string | undefined
  readonly onClear: () => void
}): ReactElement {
  const { query, reason } = props
  if (query === '') {
    return (
      <PageMessage title="No runs yet">
        <p>They appear here as soon as a program logs to this project.</p>
        <GuideLink to="runs">Making a run</GuideLink>
      </PageMessage>
    )
  }
  return (
    <PageMessage title="No run matches">
      <p>
        <code className="break-words font-mono text-text">{query}</code>
      </p>
      {reason !== undefined && <p className="mt-1">{reason}</p>}
      <button className="button mt-4" onClick={props.onClear} type="button">
        Clear filter
      </button>
      <GuideLink to="page#filter-of-runs">Filters of runs</GuideLink>
    </PageMessage>
  )
}
