import type { RunsSort, RunWithValues } from '@lossline/protocol'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactElement, useEffect, useId, useRef, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useNow } from '../../hooks/use-store.ts'
import { useTableKeys } from '../../hooks/use-table-keys.ts'
import { isRunVisible, type RunSelection } from '../../view/run-selection.ts'
import {
  allRows,
  isSelected,
  noRows,
  type RowSelection,
  selectRange,
  toggleRow,
} from '../../view/runs/row-selection.ts'
import type { TableColumn } from '../../view/runs/table-columns.ts'
import type { TableRow, TableRows } from '../../view/runs/table-rows.ts'
import { RunsTableGroupRow } from './runs-table-group-row.tsx'
import { RunsTableHeader } from './runs-table-header.tsx'
import { type PlacedColumn, type RunRowContext, RunsTableRow } from './runs-table-row.tsx'

const rowHeight = 32
const headHeight = 36
const narrowBelow = 640

/** What the table shows and reports. */
export interface RunsTableProps {
  readonly address: ProjectAddress
  readonly rows: TableRows
  /** Runs that match, whether rows or in groups. */
  readonly runCount: number
  readonly columns: readonly TableColumn[]
  /** Keys that the runs' values were asked by. */
  readonly asked: readonly string[]
  readonly sort: readonly RunsSort[]
  readonly visibility: RunSelection
  readonly selection: RowSelection
  readonly baseline: RunWithValues | undefined
  readonly onSort: (key: string, isAdded: boolean) => void
  readonly onSelect: (selection: RowSelection) => void
  readonly onToggle: (runId: string, index: number) => void
  readonly onBaseline: (runId: string) => void
  readonly onToggleGroup: (name: string) => void
}

/** Runs as rows; only those on screen, and only their columns on screen, are there. */
export function RunsTable(props: RunsTableProps): ReactElement {
  const { rows, columns, selection, runCount } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { width } = useElementSize(scroller)
  const id = useId()
  const [current, setCurrent] = useState(-1)
  const [anchor, setAnchor] = useState(-1)
  const nowMs = useNow(serverNowMs, 5000)
  const nameWidth = width < narrowBelow ? 190 : 300
  const vertical = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollMargin: headHeight,
    overscan: 12,
  })
  const { placed, placesWidth } = usePlacedColumns(columns, scroller, nameWidth)
  const items = vertical.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => rows.ensure(0, lastIndex), [rows, lastIndex])

  const context: RunRowContext = { ...props, columns: placed, nowMs, nameWidth }
  const select = (index: number, isRange: boolean): void => {
    const row = rows.at(index)
    if (row.kind !== 'run') return
    const between = Array.from({ length: Math.abs(index - anchor) + 1 }, (_, i) => rows.at(Math.min(anchor, index) + i))
    const ids = between.flatMap((one) => (one.kind === 'run' ? [one.run.runId] : []))
    props.onSelect(isRange && anchor >= 0 ? selectRange(selection, ids) : toggleRow(selection, row.run.runId))
    setAnchor(index)
    setCurrent(index)
  }
  const move = (by: number): void => {
    const next = Math.max(0, Math.min(rows.count - 1, current + by))
    setCurrent(next)
    vertical.scrollToIndex(next)
  }
  const currentRow = current >= 0 && current < rows.count ? rows.at(current) : undefined
  useTableKeys(props.address, currentRow, { ...props, move, select: () => select(current, false) })
  const totalWidth = nameWidth + placesWidth
  const isAllSelected = selection.isAll || (runCount > 0 && selection.ids.size === runCount)
  const isRowSelected = (row: TableRow): boolean => row.kind === 'run' && isSelected(selection, row.run.runId)
  return (
    // The grid has the focus, and says which of its rows is meant.
    <div
      aria-activedescendant={currentRow ? `${id}-${current}` : undefined}
      aria-colcount={columns.length + 1}
      aria-label={`Runs of ${props.address.project}`}
      aria-multiselectable="true"
      aria-rowcount={rows.count + 1}
      className="min-h-0 flex-1 overflow-auto bg-panel"
      onKeyDown={(event) => {
        const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
        if (by === 0 || event.target !== event.currentTarget) return
        move(by)
        event.preventDefault()
      }}
      ref={scroller}
      role="grid"
      tabIndex={0}
    >
      <div className="relative" style={{ height: headHeight + vertical.getTotalSize(), width: totalWidth }}>
        <div
          aria-rowindex={1}
          className="sticky top-0 z-20 border-line border-b bg-panel font-medium text-sm"
          role="row"
          style={{ height: headHeight, width: totalWidth }}
        >
          <RunsTableHeader
            context={context}
            isAllSelected={isAllSelected}
            onSelectAll={() => props.onSelect(isAllSelected ? noRows : allRows)}
            onSort={props.onSort}
            runCount={runCount}
            sort={props.sort}
          />
        </div>
        {items.map(({ index, key, start }) => {
          const row = rows.at(index)
          return (
            <div
              aria-rowindex={index + 2}
              aria-selected={isRowSelected(row)}
              className={`group absolute top-0 left-0 border-line border-b hover:bg-hover aria-selected:bg-selected ${index === current ? 'outline outline-line-strong -outline-offset-1' : ''}`}
              id={`${id}-${index}`}
              key={row.kind === 'run' ? row.run.runId : row.kind === 'group' ? row.name : key}
              role="row"
              style={{ height: rowHeight, width: totalWidth, transform: `translateY(${start}px)` }}
            >
              {row.kind === 'run' && (
                <RunsTableRow
                  context={context}
                  depth={row.depth}
                  isSelected={isRowSelected(row)}
                  isVisible={isRunVisible(props.visibility, row.run.runId, row.index)}
                  onBaseline={() => props.onBaseline(row.run.runId)}
                  onSelect={(isRange) => select(index, isRange)}
                  onToggle={() => props.onToggle(row.run.runId, row.index)}
                  run={row.run}
                />
              )}
              {row.kind === 'group' && (
                <RunsTableGroupRow {...row} context={context} onToggle={() => props.onToggleGroup(row.name)} />
              )}
              {row.kind === 'placeholder' && (
                <div className="px-3 py-1.5 text-muted" role="gridcell">
                  {row.text ?? <div className="skeleton h-5 w-64" />}
                </div>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Columns in sight, and how wide all are together. */
function usePlacedColumns(
  columns: readonly TableColumn[],
  scroller: { readonly current: HTMLDivElement | null },
  nameWidth: number,
): { readonly placed: readonly PlacedColumn[]; readonly placesWidth: number } {
  const horizontal = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => columns[index]?.width ?? 100,
    getItemKey: (index) => columns[index]?.key ?? index,
    scrollMargin: nameWidth,
    overscan: 4,
  })
  // Sizes depend on the columns; the virtualizer caches them.
  const widths = columns.map((column) => column.width).join()
  const lastWidths = useRef(widths)
  if (lastWidths.current !== widths) {
    lastWidths.current = widths
    horizontal.measure()
  }
  const placed = horizontal.getVirtualItems().flatMap(({ index, start }) => {
    const column = columns[index]
    return column === undefined ? [] : [{ column, index, left: start }]
  })
  return { placed, placesWidth: horizontal.getTotalSize() }
}
