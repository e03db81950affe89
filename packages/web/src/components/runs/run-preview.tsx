import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import { type ProjectAddress, runQuery } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useShortcut, useTheme } from '../../hooks/use-store.ts'
import { type StyledRun, styleOfRun } from '../../view/chart/palette.ts'
import { toRunSet } from '../../view/run/run-set.ts'
import { secondsSoFar } from '../../view/run/run-state.ts'
import { formatAgo, formatDateTime, formatDuration, formatNumber } from '../../view/text/format.ts'
import { Swatch } from '../chart/swatch.tsx'
import { Failure } from '../controls/failure.tsx'
import { Markdown } from '../controls/markdown.tsx'
import { RunValues } from '../run/run-values.tsx'
import { StateBadge } from '../run/state-badge.tsx'

/** A run at a glance beside the list that it is in: what it was given and what came of it. */
export function RunPreview(props: {
  readonly address: ProjectAddress
  /** As its list has it: a view may give it another colour than its own. */
  readonly listed: StyledRun & { readonly runId: string }
  readonly onClose: () => void
  /** Where it lies. */
  readonly className: string
}): ReactElement {
  const { address, listed, onClose } = props
  const { runId } = listed
  const theme = useTheme()
  const { data, error, refetch } = useQuery(runQuery(address, runId))
  const run = data?.run
  useShortcut('escape', onClose)
  return (
    <aside
      aria-label={`Preview of ${run?.displayName ?? runId}`}
      className={`absolute z-30 print:hidden flex flex-col overflow-y-auto rounded-lg bg-raised shadow-pop ${props.className}`}
    >
      <header className="sticky top-0 flex items-center gap-2 bg-raised py-2 pr-2 pl-3">
        <Swatch style={styleOfRun(listed, theme)} />
        <h2 aria-live="polite" className="min-w-0 flex-1 truncate font-semibold" title={run?.displayName}>
          {run?.displayName ?? runId}
        </h2>
        <Link
          className="button shrink-0"
          params={{ ...address, runId }}
          search={toRunSet as never}
          to="/$entity/$project/runs/$runId"
        >
          Open
        </Link>
        <button
          aria-label="Close the preview"
          className="icon-button"
          onClick={onClose}
          title="Close (Esc)"
          type="button"
        >
          <X size={16} />
        </button>
      </header>
      {!run && !error && <div aria-label="Loading the run" className="skeleton m-3 mt-0 h-40" role="img" />}
      {!run && error && <Failure className="px-3 pb-3" error={error} onRetry={refetch} />}
      {run && (
        <div className="grid gap-3 px-3 pb-3">
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <StateBadge state={run.state} />
            <span title={formatDateTime(run.createdAtMs)}>
              <span className="text-muted">Started</span> {formatAgo(run.createdAtMs, serverNowMs())}
            </span>
            <span>
              <span className="text-muted">Duration</span> {formatDuration(secondsSoFar(run, serverNowMs()))}
            </span>
            <span>
              <span className="text-muted">Step</span> {run.lastStep === null ? '–' : formatNumber(run.lastStep)}
            </span>
          </p>
          {run.tags.length > 0 && (
            <p className="flex flex-wrap gap-1">
              {run.tags.map((tag) => (
                <span className="rounded bg-hover px-1.5 text-sm" key={tag}>
                  {tag}
                </span>
              ))}
            </p>
          )}
          {run.notes !== '' && (
            <div className="max-h-40 overflow-y-auto">
              <Markdown headingLevel={2} text={run.notes} />
            </div>
          )}
          <RunValues run={run} />
        </div>
      )}
    </aside>
  )
}
