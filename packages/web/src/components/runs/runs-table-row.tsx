import type { RunWithValues, StrictJson } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { Eye, EyeOff, Flag } from 'lucide-react'
import type { MouseEvent, ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { runStyle } from '../../view/palette.ts'
import { toRunSet } from '../../view/run/run-set.ts'
import { cellValue, type TableColumn } from '../../view/runs/table-columns.ts'
import { Swatch } from '../swatch.tsx'
import { RunCell } from './run-cell.tsx'

/** A column and where it lies. */
export interface PlacedColumn {
  readonly column: TableColumn
  /** Number among all columns, from 0. */
  readonly index: number
  readonly left: number
}

/** What all rows of a table share. */
export interface RunRowContext {
  readonly address: ProjectAddress
  readonly columns: readonly PlacedColumn[]
  /** Keys that the runs' values were asked by. */
  readonly asked: readonly string[]
  readonly baseline: RunWithValues | undefined
  readonly nowMs: number
  readonly nameWidth: number
}

/** One run of the table. The first cell stays in sight. */
export function RunsTableRow(props: {
  readonly context: RunRowContext
  readonly run: RunWithValues
  /** 1: below its group. */
  readonly depth: 0 | 1
  readonly isSelected: boolean
  readonly isVisible: boolean
  readonly onSelect: (isRange: boolean) => void
  readonly onToggle: () => void
  readonly onBaseline: () => void
}): ReactElement {
  const { context, run } = props
  const theme = useTheme()
  const isBaseline = context.baseline?.runId === run.runId
  const baselineValue = (column: TableColumn): StrictJson | undefined =>
    context.baseline === undefined || isBaseline ? undefined : cellValue(context.baseline, column, context.asked)
  return (
    <>
      <div
        className={`sticky left-0 z-10 flex h-full items-center gap-1.5 border-line border-r bg-panel pr-2 group-hover:bg-hover group-aria-selected:bg-selected ${props.depth > 0 ? 'pl-6' : 'pl-2'}`}
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
          onClick={props.onToggle}
          title={props.isVisible ? 'Hide in charts' : 'Show in charts'}
          type="button"
        >
          {props.isVisible ? <Eye size={15} /> : <EyeOff size={15} />}
        </button>
        <Swatch style={runStyle(run.number, theme)} width={18} />
        <Link
          className="min-w-0 flex-1 truncate hover:underline"
          params={{ ...context.address, runId: run.runId }}
          search={toRunSet as never}
          title={`${run.displayName} (${run.runId})`}
          to="/$entity/$project/runs/$runId"
        >
          {run.displayName}
        </Link>
        <button
          aria-label={`Compare others with ${run.displayName}`}
          aria-pressed={isBaseline}
          className="icon-button opacity-0 focus-visible:opacity-100 group-hover:opacity-100 aria-pressed:text-accent aria-pressed:opacity-100"
          onClick={props.onBaseline}
          title={isBaseline ? 'The baseline. Click to compare with none.' : 'Make it the baseline'}
          type="button"
        >
          <Flag size={14} />
        </button>
      </div>
      {context.columns.map(({ column, index, left }) => (
        <div
          aria-colindex={index + 2}
          className={`absolute inset-y-0 flex items-center px-2 ${column.kind === 'number' ? 'justify-end text-right' : ''}`}
          key={column.key}
          role="gridcell"
          style={{ left, width: column.width }}
        >
          <RunCell
            baseline={baselineValue(column)}
            column={column}
            nowMs={context.nowMs}
            run={run}
            value={cellValue(run, column, context.asked)}
          />
        </div>
      ))}
    </>
  )
}
