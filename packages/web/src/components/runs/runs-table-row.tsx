import type { RunWithValues, StrictJson } from '@lossline/protocol'
import { Eye, EyeOff, Flag, PanelRight, Pin } from 'lucide-react'
import type { MouseEvent, ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { GroupCells } from '../../hooks/runs/use-group-cells.ts'
import type { PinnedColumn, PlacedColumn } from '../../hooks/runs/use-placed-columns.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { cellValue, type TableColumn } from '../../view/runs/table-columns.ts'
import { Swatch } from '../chart/swatch.tsx'
import type { RowEditing } from './cell-editor.tsx'
import { RowButton } from './row-button.tsx'
import { RunCell } from './run-cell.tsx'
import { RunNameCell } from './run-name-cell.tsx'
import { RowCells } from './runs-table-cells.tsx'

/** What all rows of a table share. */
export interface RunRowContext {
  readonly address: ProjectAddress
  /** Those in sight that scroll. */
  readonly columns: readonly PlacedColumn<TableColumn>[]
  /** Those that stay in sight beside the name. */
  readonly pinned: readonly PinnedColumn<TableColumn>[]
  /** Keys that the runs' values were asked by. */
  readonly asked: readonly string[]
  readonly baseline: RunWithValues | undefined
  readonly nowMs: number
  /** What groups have in the columns in sight. */
  readonly groupCells: GroupCells
  /** Undefined: nobody may change runs here. */
  readonly editing: RowEditing | undefined
  readonly nameWidth: number
  /** CSS pixels of the name and the pinned columns. */
  readonly leftWidth: number
  readonly totalWidth: number
}

/** One run of the table. The first cell stays in sight. */
export function RunsTableRow(props: {
  readonly context: RunRowContext
  readonly run: RunWithValues
  /** 1: below its group. */
  readonly depth: 0 | 1
  readonly isSelected: boolean
  readonly isVisible: boolean
  readonly isPinned: boolean
  readonly onSelect: (isRange: boolean) => void
  readonly onToggle: () => void
  readonly onOnly: () => void
  readonly onBaseline: () => void
  readonly onPin: () => void
  readonly onPreview: () => void
}): ReactElement {
  const { context, run } = props
  const theme = useTheme()
  const isBaseline = context.baseline?.runId === run.runId
  const baselineValue = (column: TableColumn): StrictJson | undefined =>
    context.baseline === undefined || isBaseline ? undefined : cellValue(context.baseline, column, context.asked)
  const cell = (column: TableColumn): ReactElement => (
    <RunCell
      baseline={baselineValue(column)}
      column={column}
      editing={context.editing}
      nowMs={context.nowMs}
      run={run}
      value={cellValue(run, column, context.asked)}
    />
  )
  return (
    <RowCells cell={cell} context={context}>
      <div
        className={`flex h-full shrink-0 items-center gap-1.5 pr-2 ${props.depth > 0 ? 'pl-6' : 'pl-2'}`}
        role="rowheader"
        style={{ width: context.nameWidth }}
      >
        <input
          aria-label={`Select ${run.displayName}`}
          checked={props.isSelected}
          className="size-4 shrink-0 accent-(--accent)"
          onChange={() => {}}
          onClick={(event: MouseEvent) => props.onSelect(event.shiftKey)}
          type="checkbox"
        />
        <button
          aria-label={`Show ${run.displayName} in charts`}
          aria-pressed={props.isVisible}
          className={`icon-button ${props.isVisible ? 'text-text' : 'opacity-60'}`}
          onClick={(event) => (event.altKey ? props.onOnly() : props.onToggle())}
          title={`${props.isVisible ? 'Hide' : 'Show'} in charts. Alt-click: show only this run.`}
          type="button"
        >
          {props.isVisible ? <Eye size={15} /> : <EyeOff size={15} />}
        </button>
        <Swatch style={styleOfRun(run, theme)} width={18} />
        <RunNameCell address={context.address} editing={context.editing} run={run} />
        <RowButton
          isOnNarrow={false}
          label={`Preview ${run.displayName}`}
          onClick={props.onPreview}
          title="Preview (Space)"
        >
          <PanelRight size={14} />
        </RowButton>
        <RowButton
          isOnNarrow={false}
          isPressed={props.isPinned}
          label={`Pin ${run.displayName}`}
          onClick={props.onPin}
          title={props.isPinned ? 'Pinned. Click to free it.' : 'Keep it on top (P)'}
        >
          <Pin size={14} />
        </RowButton>
        <RowButton
          isOnNarrow={false}
          isPressed={isBaseline}
          label={`Compare others with ${run.displayName}`}
          onClick={props.onBaseline}
          title={isBaseline ? 'The baseline. Click to compare with none.' : 'Make it the baseline (B)'}
        >
          <Flag size={14} />
        </RowButton>
      </div>
    </RowCells>
  )
}
