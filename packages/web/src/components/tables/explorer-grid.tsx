// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot leave out rows and columns that are not on screen.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and says which of its cells is meant.
import type { TableSelection, TableWindowResponse } from '@lossline/protocol'
import { type ReactElement, useEffect, useId, useMemo, useRef } from 'react'
import { usePlacedColumns } from '../../hooks/runs/use-placed-columns.ts'
import { useColumnSummaries } from '../../hooks/tables/use-column-summaries.ts'
import { type GridCursor, useGridCursor } from '../../hooks/tables/use-grid-cursor.ts'
import { useRowWindow } from '../../hooks/tables/use-row-window.ts'
import { useTableWindows } from '../../hooks/tables/use-table-windows.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useRowHeight } from '../../hooks/use-rows.ts'
import { useDensity } from '../../hooks/use-store.ts'
import { firstTableColumns, rowHeightOf, type ShownColumn } from '../../view/tables/shown-columns.ts'
import { nextSort, type TableState } from '../../view/tables/table-state.ts'
import { ariaSort } from '../../view/text/sort-rule.ts'
import { GridHeadCell, type HeadContext, type TableOrigin } from './grid-head-cell.tsx'
import { type GridContext, GridRow } from './grid-row.tsx'

const tallHeadHeight = 84
const compactHeadHeight = 34
/** Of the line that says which table a column is from. */
const originHeight = 16
const indexWidth = 64
/** Pinned columns may take so much of the width; else none is pinned. */
const pinnedShareMax = 0.6

/** What a grid shows and reports. */
export interface ExplorerGridProps {
  readonly label: string
  readonly selection: TableSelection
  readonly first: TableWindowResponse
  readonly shown: readonly ShownColumn[]
  readonly state: TableState
  readonly onChange: (patch: Partial<TableState>) => void
  /** A cell is to be seen by itself, by its place in the order on screen. */
  readonly onZoom: (row: number, column: string) => void
  /** Of tables side by side: what each is called. */
  readonly sources: readonly TableOrigin[]
  /** There is little room. */
  readonly isCompact: boolean
}

/** Rows of a table: any number, only those on screen, and only their columns on screen, are there and loaded. */
export function ExplorerGrid(props: ExplorerGridProps): ReactElement {
  const { selection, first, shown, state, onChange, isCompact } = props
  const headHeight =
    (isCompact
      ? compactHeadHeight + (shown.some(({ info }) => info.source !== undefined) ? originHeight : 0)
      : tallHeadHeight) + (useDensity() === 'comfortable' ? 6 : 0)
  const scroller = useRef<HTMLDivElement>(null)
  const { width, height } = useElementSize(scroller)
  const id = useId()
  const rowHeight = useRowHeight(rowHeightOf(shown, state))
  const pinnedWidth = shown.reduce((sum, column) => sum + (column.isPinned ? column.width : 0), 0)
  const arePinned = width === 0 || indexWidth + pinnedWidth <= width * pinnedShareMax
  const pinned = arePinned ? shown.filter(({ isPinned }) => isPinned) : []
  const others = useMemo(() => (arePinned ? shown.filter(({ isPinned }) => !isPinned) : shown), [shown, arePinned])
  const leftWidth = indexWidth + (arePinned ? pinnedWidth : 0)
  const { placed, placesWidth, scrollToColumn } = usePlacedColumns(others, scroller, leftWidth)
  const lines = useRowWindow(scroller, { rowCount: first.rowCount, rowHeight }, { height, headHeight })
  const { rows, error } = useTableWindows(selection, lines.first, Math.max(lines.first, lines.last))
  useEffect(() => {
    // Other rows begin at the top.
    if (selection && scroller.current) scroller.current.scrollTop = 0
  }, [selection])
  const inSight = [...pinned, ...placed.map(({ column }) => column)]
  const summaries = useColumnSummaries(selection, first, isCompact ? [] : inSight)
  const scrollTo = ({ row, column }: GridCursor): void => {
    if (row >= 0) lines.scrollToRow(row)
    const place = others.indexOf(shown[column]!)
    if (place >= 0) scrollToColumn(place)
  }
  const { cursor, setCursor, onKeyDown } = useGridCursor({
    rowCount: first.rowCount,
    columnCount: shown.length,
    pageRows: Math.max(1, Math.floor((height - headHeight) / rowHeight) - 1),
    onMove: scrollTo,
    onEnter: ({ row, column }, isShift) => {
      const info = shown[column]?.info
      if (row >= 0) onChange({ row })
      else if (info !== undefined) onChange({ sort: nextSort(state.sort, info, isShift), row: undefined })
    },
    onSpace: ({ row, column }) => {
      const name = shown[column]?.info.name
      if (row >= 0 && name !== undefined) props.onZoom(row, name)
    },
  })
  const head: HeadContext = { shown, state, onChange, summaries, isCompact, sources: props.sources }
  const context: GridContext = {
    id,
    shown,
    pinned,
    placed,
    rowHeight,
    leftWidth,
    indexWidth,
    cursor,
    beforeOf: useMemo(() => firstTableColumns(first.columns), [first.columns]),
    group: state.group,
    onOpen: (row) => onChange({ row }),
    onPick: setCursor,
    onZoom: props.onZoom,
    onOpenGroup: (filter) => onChange({ filter, group: [], sort: [], row: undefined }),
    filter: state.filter,
  }
  const totalWidth = leftWidth + placesWidth
  const isDrawn = (at: GridCursor | undefined): at is GridCursor =>
    at !== undefined &&
    (at.row < 0 || (at.row >= lines.first && at.row <= lines.last)) &&
    inSight.includes(shown[at.column]!)
  const headCell = (column: ShownColumn, style: { left?: number; width: number }, isFixed: boolean): ReactElement => {
    const at = shown.indexOf(column)
    return (
      <div
        aria-colindex={at + 2}
        aria-sort={ariaSort(state.sort.find((one) => one.column === column.info.name)?.isDescending)}
        className={`${isFixed ? 'shrink-0' : 'absolute inset-y-0'} ${isAt(cursor, -1, at) ? 'outline outline-accent -outline-offset-1' : ''}`}
        id={`${id}--1-${at}`}
        key={column.key}
        role="columnheader"
        style={style}
      >
        <GridHeadCell column={column} context={head} />
      </div>
    )
  }
  return (
    <div
      aria-activedescendant={isDrawn(cursor) ? `${id}-${cursor.row}-${cursor.column}` : undefined}
      aria-busy={!first.isComplete}
      aria-colcount={shown.length + 1}
      aria-label={props.label}
      aria-rowcount={first.rowCount + 1}
      className="min-h-0 flex-1 overflow-auto border-line border-t bg-panel"
      onKeyDown={onKeyDown}
      ref={scroller}
      role="grid"
      // The grid has the focus, and says which of its cells is meant.
      tabIndex={0}
    >
      <div className="relative" style={{ height: headHeight + lines.height, minWidth: '100%', width: totalWidth }}>
        <div
          aria-rowindex={1}
          className="sticky top-0 z-20 border-line border-b bg-panel text-sm"
          role="row"
          style={{ height: headHeight }}
        >
          <div className="sticky left-0 z-10 flex h-full bg-panel" role="presentation" style={{ width: leftWidth }}>
            <div
              aria-colindex={1}
              className="shrink-0 px-2 pt-1.5 text-right text-muted"
              role="columnheader"
              style={{ width: indexWidth }}
            >
              {state.group.length > 0 ? 'Rows' : '#'}
            </div>
            {pinned.map((column) => headCell(column, { width: column.width }, true))}
          </div>
          {placed.map(({ column, left }) => headCell(column, { left, width: column.width }, false))}
        </div>
        {Array.from({ length: lines.last - lines.first + 1 }, (_, index) => lines.first + index).map((at) => (
          <GridRow
            at={at}
            context={context}
            error={error}
            key={at}
            row={rows.get(at)}
            start={headHeight + lines.topOf(at)}
          />
        ))}
      </div>
    </div>
  )
}

/** Whether a cell is the one that keys are for. */
function isAt(cursor: GridCursor | undefined, row: number, column: number): boolean {
  return cursor?.row === row && cursor.column === column
}
