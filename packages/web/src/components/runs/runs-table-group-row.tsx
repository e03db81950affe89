import type { RunGroup } from '@lossline/protocol'
import { ChevronRight, Eye, EyeOff } from 'lucide-react'
import type { ReactElement } from 'react'
import { formatCount } from '../../view/text/format.ts'
import { GroupCellView } from './group-cell-view.tsx'
import { RowButton } from './row-button.tsx'
import { RowCells } from './runs-table-cells.tsx'
import type { RunRowContext } from './runs-table-row.tsx'

/** A group of runs: what they have in common, and figures of what they differ in. */
export function RunsTableGroupRow(props: {
  readonly context: RunRowContext
  readonly group: RunGroup
  readonly id: string
  readonly name: string
  readonly isOpen: boolean
  readonly onToggle: () => void
  /** Draws its runs in charts, or does not. */
  readonly onShow: (isShown: boolean) => void
}): ReactElement {
  const { context, group, name, isOpen } = props
  const known = context.groupCells.get(props.id)
  return (
    <RowCells
      cell={(column) => <GroupCellView column={column} known={known?.get(column.key)} runCount={group.runCount} />}
      context={context}
    >
      <div className="flex h-full shrink-0 items-center px-2" role="rowheader" style={{ width: context.nameWidth }}>
        <button
          aria-expanded={isOpen}
          className="flex min-w-0 items-center gap-1 rounded font-medium"
          onClick={props.onToggle}
          title={name}
          type="button"
        >
          <ChevronRight aria-hidden="true" className={`shrink-0 ${isOpen ? 'rotate-90' : ''}`} size={15} />
          <span className="truncate">{name}</span>
          <span className="shrink-0 font-normal text-muted">{formatCount(group.runCount, 'run')}</span>
        </button>
        <span className="ml-auto flex shrink-0">
          <RowButton label={`Show the runs of ${name} in charts`} onClick={() => props.onShow(true)}>
            <Eye size={15} />
          </RowButton>
          <RowButton label={`Hide the runs of ${name} in charts`} onClick={() => props.onShow(false)}>
            <EyeOff size={15} />
          </RowButton>
        </span>
      </div>
    </RowCells>
  )
}
