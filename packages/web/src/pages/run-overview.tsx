import type { RunDetail } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { CopyButton } from '../components/copy-button.tsx'
import { JsonTree } from '../components/json-tree.tsx'
import { EditableText } from '../components/run/editable-text.tsx'
import { RunEnding } from '../components/run/run-ending.tsx'
import { useRunActions } from '../hooks/use-run-actions.ts'
import { useView } from '../hooks/use-view.ts'
import { compareCodec } from '../view/compare/compare-state.ts'
import { formatDateTime, formatDuration } from '../view/format.ts'
import { stateStory } from '../view/run-state.ts'
import { toSummaryTree } from '../view/summary-tree.ts'
import { useOpenRun } from './run-page.tsx'

/** What is known of a run besides its curves and its output. */
export function RunOverview(): ReactElement {
  const { address, run } = useOpenRun()
  const actions = useRunActions(address)
  const [view] = useView()
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <h2 className="sr-only">Overview</h2>
      <RunEnding address={address} run={run} />
      <div className="mb-4">
        <EditableText
          isLong
          label="notes"
          onSave={(notes) => void actions.edit(run.runId, { notes })}
          value={run.notes}
        >
          <p className={`whitespace-pre-wrap ${run.notes === '' ? 'text-muted' : ''}`}>{run.notes || 'No notes.'}</p>
        </EditableText>
      </div>
      {view.baseline !== undefined && view.baseline !== run.runId && (
        <p className="mb-4">
          <Link
            className="link-text"
            params={address}
            search={compareCodec.stringify({ runIds: [view.baseline, run.runId], isDifferentOnly: true }) as never}
            to="/$entity/$project/compare"
          >
            Compare with the baseline, {view.baseline}
          </Link>
        </p>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <JsonTree
            emptyText="No summary yet."
            title="Summary"
            value={toSummaryTree(run.summary)}
            whole={run.summary}
          />
          <JsonTree emptyText="This run has no config." title="Config" value={run.config} />
        </div>
        <div className="grid min-w-0 gap-4">
          <Facts run={run} />
          <JsonTree emptyText="No metadata was recorded." title="Metadata" value={run.metadata} />
        </div>
      </div>
    </div>
  )
}

function Facts({ run }: { readonly run: RunDetail }): ReactElement {
  const facts: readonly (readonly [label: string, text: string, isCode?: boolean])[] = [
    ['Run id', run.runId, true],
    ['Started', formatDateTime(run.createdAtMs)],
    ['Ended', run.finishedAtMs === null ? '' : formatDateTime(run.finishedAtMs)],
    ['States', stateStory(run)],
    ['Tracked time', formatDuration(run.runtimeSeconds)],
    ['Total time', run.finishedAtMs === null ? '' : formatDuration((run.finishedAtMs - run.createdAtMs) / 1000)],
    ['Exit code', run.exitCode === null ? '' : String(run.exitCode)],
    ['Rows of history', run.historyLineCount.toLocaleString('en-US')],
    ['Log lines', run.logLineCount.toLocaleString('en-US')],
    ['Group', run.group],
    ['Job type', run.jobType],
    ['User', run.username],
    ['Host', run.host],
    ['Program', run.program, true],
    ['Git remote', run.repo, true],
    ['Git commit', run.commit, true],
  ]
  return (
    <Card title="Run">
      <dl className="px-3 pb-2">
        {facts
          .filter(([, text]) => text !== '')
          .map(([label, text, isCode]) => (
            <div className="flex min-h-8 items-center gap-3 border-line border-t first:border-t-0" key={label}>
              <dt className="w-32 shrink-0 text-muted">{label}</dt>
              <dd className={`min-w-0 flex-1 truncate ${isCode ? 'font-mono text-sm' : ''}`} title={text}>
                {text}
              </dd>
              {isCode && (
                <dd>
                  <CopyButton label={`Copy ${label.toLowerCase()}`} text={text} />
                </dd>
              )}
            </div>
          ))}
      </dl>
    </Card>
  )
}

/** A titled box of the overview. */
export function Card({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section aria-label={title} className="min-w-0 rounded-lg border border-line bg-panel">
      <h3 className="px-3 pt-2.5 pb-1 font-semibold">{title}</h3>
      {children}
    </section>
  )
}
