import type { RunDetail } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import { logsPageSize, logsQuery, type ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useNow } from '../../hooks/use-store.ts'
import { lastLines } from '../../view/run/last-lines.ts'
import { keepRunSet } from '../../view/run/run-set.ts'
import { stateSentence } from '../../view/run/run-state.ts'
import { BestValues } from './best-values.tsx'

/** How a run is, in a sentence; of one that ended badly also what it said last. */
export function RunEnding(props: { readonly address: ProjectAddress; readonly run: RunDetail }): ReactElement {
  const { address, run } = props
  const now = useNow(serverNowMs)
  const isBad = run.state === 'failed' || run.state === 'crashed'
  return (
    <div className={`mb-4 rounded-lg px-3 py-2 ${isBad ? 'bg-bad-surface text-bad' : 'border border-line bg-panel'}`}>
      <p>
        {stateSentence(run, now)}
        {isBad && run.logLineCount > 0 && (
          <>
            {' '}
            <Link
              className="underline"
              params={{ ...address, runId: run.runId }}
              search={keepRunSet as never}
              to="/$entity/$project/runs/$runId/logs"
            >
              See the last log lines
            </Link>
          </>
        )}
      </p>
      {run.state === 'finished' && <BestValues {...props} />}
      {isBad && run.logLineCount > 0 && <LastLines {...props} />}
    </div>
  )
}

function LastLines({
  address,
  run,
}: {
  readonly address: ProjectAddress
  readonly run: RunDetail
}): ReactElement | null {
  const page = Math.floor((run.logLineCount - 1) / logsPageSize)
  const { data } = useQuery(logsQuery(address, run.runId, page))
  const lines = useMemo(() => lastLines(data?.lines.map(({ text }) => text) ?? []), [data])
  if (lines.length === 0) return null
  return (
    <section
      aria-label="Last output"
      className="mt-2 max-h-72 overflow-auto rounded bg-panel p-2 font-mono text-sm text-text"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
    >
      <pre>{lines.join('\n')}</pre>
    </section>
  )
}
