// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot leave out rows and columns that are not on screen.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and says which of its cells is meant.
import type { TableCellValue, TableRow } from '@lossline/protocol'
import { Maximize2 } from 'lucide-react'
import type { ReactElement } from 'react'
import type { PlacedColumn } from '../../hooks/runs/use-placed-columns.ts'
import type { GridCursor } from '../../hooks/tables/use-grid-cursor.ts'
import { isNumberColumn } from '../../view/tables/cell-text.ts'
import { groupFilter } from '../../view/tables/group-filter.ts'
import { isSameCell } from '../../view/tables/same-cell.ts'
import type { ShownColumn } from '../../view/tables/shown-columns.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { ChangeMark, GridCell } from './grid-cell.tsx'

/** What rows share. */
export interface GridContext {
  /** Of the grid; those of cells begin with it. */
  readonly id: string
  readonly shown: readonly ShownColumn[]
  readonly pinned: readonly ShownColumn[]
  readonly placed: readonly PlacedColumn<ShownColumn>[]
  readonly rowHeight: number
  readonly leftWidth: number
  readonly indexWidth: number
  readonly cursor: GridCursor | undefined
  /** For each cell of a row the one of the first table to compare it with. */
  readonly beforeOf: readonly (number | undefined)[]
  readonly group: readonly string[]
  readonly filter: string
  readonly onOpen: (row: number) => void
  readonly onPick: (cursor: GridCursor) => void
  readonly onZoom: (row: number, column: string) => void
  /** The rows of a group are wanted. */
  readonly onOpenGroup: (filter: string) => void
}

/** A row of a grid; one that is not here yet has empty cells. */
export function GridRow(props: {
  readonly context: GridContext
  /** Its place in the order on screen. */
  readonly at: number
  readonly row: TableRow | undefined
  readonly error: Error | undefined
  /** Pixels. */
  readonly start: number
}): ReactElement {
  const { context, at, row } = props
  const { rowHeight, leftWidth, indexWidth } = context
  return (
    <div
      aria-rowindex={at + 2}
      className="group/row absolute left-0 w-full border-line border-b hover:bg-hover"
      role="row"
      // No transform: that is less exact than a place, millions of pixels down.
      style={{ height: rowHeight, top: props.start }}
    >
      <div
        className="sticky left-0 z-10 flex h-full bg-panel group-hover/row:bg-hover"
        role="presentation"
        style={{ width: leftWidth }}
      >
        <div
          aria-colindex={1}
          className="flex shrink-0 items-center justify-end px-2"
          role="rowheader"
          style={{ width: indexWidth }}
        >
          <RowHead {...props} />
        </div>
        {context.pinned.map((column) => (
          <Cell column={column} context={context} isFixed key={column.key} left={undefined} row={row} rowAt={at} />
        ))}
      </div>
      {context.placed.map(({ column, left }) => (
        <Cell column={column} context={context} isFixed={false} key={column.key} left={left} row={row} rowAt={at} />
      ))}
    </div>
  )
}

function RowHead({
  context,
  at,
  row,
  error,
}: {
  readonly context: GridContext
  readonly at: number
  readonly row: TableRow | undefined
  readonly error: Error | undefined
}): ReactElement {
  if (row === undefined) return <span className="text-muted">{error === undefined ? '…' : '–'}</span>
  const className = 'rounded px-1 min-h-6 text-muted hover:text-text'
  if (row.count === undefined) {
    return (
      <button
        aria-label={`Open row ${row.index + 1}`}
        className={className}
        onClick={() => context.onOpen(at)}
        tabIndex={-1}
        type="button"
      >
        {row.index + 1}
      </button>
    )
  }
  const filter = groupFilter(context.shown, context.group, row, context.filter)
  const count = formatNumber(row.count)
  if (filter === undefined) return <span className="text-muted">{count}</span>
  return (
    <button
      aria-label={`Show ${formatCount(row.count, 'row')} of this group`}
      className={`${className} underline`}
      onClick={() => context.onOpenGroup(filter)}
      tabIndex={-1}
      title="Show the rows of this group"
      type="button"
    >
      {count}
    </button>
  )
}

function Cell(props: {
  readonly context: GridContext
  readonly column: ShownColumn
  readonly row: TableRow | undefined
  readonly rowAt: number
  readonly left: number | undefined
  readonly isFixed: boolean
}): ReactElement {
  const { context, column, row, rowAt } = props
  const { cursor, id, shown } = context
  const columnAt = shown.indexOf(column)
  const isCurrent = cursor?.row === rowAt && cursor.column === columnAt
  const cell: TableCellValue = row?.cells[column.index] ?? null
  const beforeAt = context.beforeOf[column.index]
  const before: TableCellValue = beforeAt === undefined ? cell : (row?.cells[beforeAt] ?? null)
  const isChanged = row?.count === undefined && !isSameCell(before, cell)
  const align = isNumberColumn(column.info) && row?.count === undefined ? 'justify-end text-right' : ''
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys.
    <div
      aria-colindex={columnAt + 2}
      className={`group/cell flex items-center gap-1.5 overflow-hidden px-2 ${align} ${props.isFixed ? 'relative h-full shrink-0' : 'absolute inset-y-0'} ${isCurrent ? 'outline outline-accent -outline-offset-1' : ''} ${isChanged ? 'bg-selected' : ''}`}
      id={`${id}-${rowAt}-${columnAt}`}
      onClick={() => context.onPick({ row: rowAt, column: columnAt })}
      onDoubleClick={() => context.onZoom(rowAt, column.info.name)}
      role="gridcell"
      style={props.left === undefined ? { width: column.width } : { left: props.left, width: column.width }}
    >
      {isChanged && <ChangeMark before={before} cell={cell} />}
      {row && <GridCell cell={cell} height={context.rowHeight} />}
      {row && row.count === undefined && cell !== null && (
        <button
          aria-label={`Enlarge ${column.info.name} of row ${row.index + 1}`}
          className="icon-button absolute top-1 right-0.5 hidden size-6 bg-raised group-hover/cell:flex"
          onClick={() => context.onZoom(rowAt, column.info.name)}
          tabIndex={-1}
          title="Enlarge (Space)"
          type="button"
        >
          <Maximize2 size={13} />
        </button>
      )}
    </div>
  )
}
