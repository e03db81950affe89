import { memo, type ReactElement } from 'react'
import type { TableRowActions } from '../../hooks/runs/use-row-actions.ts'
import type { TableRow } from '../../view/runs/table-rows.ts'
import { RunsTableGroupRow } from './runs-table-group-row.tsx'
import { type RunRowContext, RunsTableRow } from './runs-table-row.tsx'

/** A frame over all of the row, also over what stays in sight. */
const currentClass =
  'after:pointer-events-none after:absolute after:inset-0 after:z-20 after:border after:border-line-strong'

/** A row of the table: a run, a group, or what is not there yet. While others go by, it is not drawn again. */
export const TableRowAt = memo(function TableRowAt(props: {
  readonly row: TableRow
  readonly index: number
  readonly height: number
  /** Pixels from the top. */
  readonly start: number
  readonly id: string
  readonly isCurrent: boolean
  readonly isMarked: boolean
  readonly isVisible: boolean
  readonly isPinned: boolean
  readonly context: RunRowContext
  readonly actions: TableRowActions
}): ReactElement {
  const { row, index, isMarked, context, actions } = props
  return (
    <div
      aria-rowindex={index + 2}
      aria-selected={isMarked}
      className={`group absolute top-0 left-0 border-line border-b hover:bg-hover aria-selected:bg-selected ${props.isCurrent ? currentClass : ''}`}
      id={props.id}
      role="row"
      style={{ height: props.height, width: context.totalWidth, transform: `translateY(${props.start}px)` }}
    >
      {row.kind === 'run' && (
        <RunsTableRow
          context={context}
          depth={row.depth}
          isPinned={props.isPinned}
          isSelected={isMarked}
          isVisible={props.isVisible}
          onBaseline={() => actions.baseline(row.run.runId)}
          onOnly={() => actions.only(row.run.runId)}
          onPin={() => actions.pin(row.run.runId)}
          onPreview={() => actions.preview(index)}
          onSelect={(isRange) => actions.select(index, isRange)}
          onToggle={() => actions.toggle(row.run.runId)}
          run={row.run}
        />
      )}
      {row.kind === 'group' && (
        <RunsTableGroupRow
          {...row}
          context={context}
          onShow={(isShown) => actions.showGroup(row.group, isShown)}
          onToggle={() => actions.toggleGroup(row.id)}
        />
      )}
      {row.kind === 'placeholder' && (
        <div className="px-3 py-1.5 text-muted" role="gridcell">
          {row.text ?? <div className="skeleton h-5 w-64" />}
        </div>
      )}
    </div>
  )
})
