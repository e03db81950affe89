import type { RunSummary } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { serverNowMs } from '../../api/server-clock.ts'
import type { KnownOfGroup } from '../../hooks/runs/use-group-cells.ts'
import { toGroupCell } from '../../view/runs/group-cell.ts'
import type { TableColumn } from '../../view/runs/table-columns.ts'
import { StateBadge } from '../run/state-badge.tsx'
import { HeaderHistogram } from '../tables/header-histogram.tsx'

/** What a group has in a column: the mean of its numbers with how they are spread, or its most frequent texts. */
export function GroupCellView(props: {
  readonly column: TableColumn
  /** Undefined: it has not come yet. */
  readonly known: KnownOfGroup | undefined
  readonly runCount: number
}): ReactElement | null {
  const { column, known, runCount } = props
  const cell = toGroupCell({ runCount }, column, known ?? {}, serverNowMs())
  if (cell === undefined) return null
  if (cell.kind === 'numbers') {
    const bins = known?.spread?.bins ?? []
    return (
      <span className="flex min-w-0 items-center gap-2" title={cell.title}>
        {bins.length > 0 && (
          <span className="w-9 shrink-0">
            <HeaderHistogram
              height={18}
              histogram={{ counts: bins, edges: [] }}
              label="Runs of the group between the least and the greatest number of all groups"
            />
          </span>
        )}
        <span className="truncate">
          {cell.mean}
          {cell.deviation !== undefined && <span className="text-muted text-xs"> {cell.deviation}</span>}
        </span>
      </span>
    )
  }
  // A constant of this column is one of the states.
  if (column.kind === 'state' && cell.isConstant) return <StateBadge state={cell.text as RunSummary['state']} />
  return (
    <span className={`truncate ${cell.isConstant ? '' : 'text-muted'}`} title={cell.title}>
      {cell.text}
    </span>
  )
}
