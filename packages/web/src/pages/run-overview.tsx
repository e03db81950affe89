import type { RunDetail } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { runQuery } from '../api/queries.ts'
import { RunArtifactsCard } from '../components/artifacts/run-artifacts-card.tsx'
import { Card } from '../components/controls/card.tsx'
import { CopyButton } from '../components/controls/copy-button.tsx'
import { Markdown } from '../components/controls/markdown.tsx'
import { BaselineBar } from '../components/run/baseline-bar.tsx'
import { EditableText } from '../components/run/editable-text.tsx'
import { JsonTree } from '../components/run/json-tree.tsx'
import { RunEnding } from '../components/run/run-ending.tsx'
import { RunOrigin } from '../components/run/run-origin.tsx'
import { RunValues } from '../components/run/run-values.tsx'
import { useRunActions } from '../hooks/runs/use-run-actions.ts'
import { useAddress } from '../hooks/use-address.ts'
import { useView } from '../hooks/workspace/use-view.ts'
import { baselineCodec } from '../view/run/baseline-state.ts'
import { environmentOf, namedMetadata, startCommand } from '../view/run/run-facts.ts'
import { runAddressOf } from '../view/run/run-key.ts'
import { stateStory } from '../view/run/run-state.ts'
import { formatDateTime, formatDuration } from '../view/text/format.ts'
import { useOpenRun } from './run-page.tsx'

/** What is known of a run besides its curves and its output. */
export function RunOverview(): ReactElement {
  const { address, run } = useOpenRun()
  const actions = useRunActions(address)
  const [view] = useView()
  const [state, store] = useAddress(baselineCodec)
  const baselineKey = view.baseline === run.runId ? undefined : view.baseline
  const { runId: baselineId, ...at } = runAddressOf(baselineKey ?? '', address)
  const query = useQuery({ ...runQuery(at, baselineId), enabled: baselineKey !== undefined })
  const baseline = baselineKey === undefined ? undefined : query.data?.run
  const compared = state.diff === undefined ? undefined : baseline
  const isDifferentOnly = state.diff === 'only'
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
          {run.notes === '' ? (
            <p className="text-muted">No notes.</p>
          ) : (
            <div className="min-w-0 max-w-3xl">
              <Markdown headingLevel={2} text={run.notes} />
            </div>
          )}
        </EditableText>
      </div>
      {baseline && baselineKey !== undefined && (
        <BaselineBar
          address={address}
          baseline={{ key: baselineKey, name: baseline.displayName }}
          onChange={(next) => store.update(next)}
          runId={run.runId}
          state={state}
        />
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <RunValues baseline={compared} isDifferentOnly={isDifferentOnly} run={run} />
        </div>
        <div className="grid min-w-0 gap-4">
          <Facts run={run} />
          <RunOrigin address={address} run={run} />
          <RunArtifactsCard address={address} run={run} />
          <JsonTree
            baseline={compared && namedMetadata(compared.metadata)}
            emptyText="No metadata was recorded."
            isDifferentOnly={isDifferentOnly}
            title="Metadata"
            value={namedMetadata(run.metadata)}
          />
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
    ['Command', startCommand(run), true],
    ['Environment', environmentOf(run)],
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
