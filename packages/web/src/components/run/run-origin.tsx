import type { RunDetail, RunMark } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { runMarksQuery } from '../../api/mark-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { formatDateTime, formatNumber } from '../../view/text/format.ts'
import { Card } from '../controls/card.tsx'

/** Where a run's history comes from besides its own beginning: runs that it was forked from, and when it was resumed. */
export function RunOrigin({
  address,
  run,
}: {
  readonly address: ProjectAddress
  readonly run: RunDetail
}): ReactElement | null {
  const states = run.stateChanges.length.toString()
  const { data } = useQuery(runMarksQuery(address, { runIds: [run.runId], x: { kind: 'step' } }, states))
  const marks = (data?.[0]?.marks ?? []).filter(({ kind }) => kind === 'forked' || kind === 'resumed')
  if (marks.length === 0) return null
  return (
    <Card title="History">
      <ol className="px-3 pb-2">
        {marks.map((mark) => (
          <li className="flex min-h-8 items-center gap-1.5 border-line border-t first:border-t-0" key={keyOf(mark)}>
            <Origin address={address} mark={mark} runId={run.runId} />
            {mark.step !== null && <span>at step {formatNumber(mark.step)}</span>}
            {mark.atMs !== null && <span className="ml-auto text-muted">{formatDateTime(mark.atMs)}</span>}
          </li>
        ))}
      </ol>
    </Card>
  )
}

function Origin(props: {
  readonly address: ProjectAddress
  readonly mark: RunMark
  readonly runId: string
}): ReactElement {
  const { address, mark, runId } = props
  if (mark.kind !== 'forked') return <span>Resumed</span>
  if (mark.fromRunId === runId) return <span>Went back</span>
  return (
    <span>
      Forked from{' '}
      <Link className="link-text" params={{ ...address, runId: mark.fromRunId }} to="/$entity/$project/runs/$runId">
        {mark.fromRunId}
      </Link>
    </span>
  )
}

function keyOf({ kind, atMs, step }: RunMark): string {
  return `${kind} ${atMs} ${step}`
}
