import type { RunsSort, RunWithValues } from '@lossline/protocol'
import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactElement, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import type { RunsState } from '../../hooks/use-runs.ts'
import { useNow, useShortcut } from '../../hooks/use-store.ts'
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
import { ColumnHead, sortDirection } from './runs-table-header.tsx'
import { type PlacedColumn, type RunRowContext, RunsTableRow } from './runs-table-row.tsx'

const rowHeight = 32
const headHeight = 36
const narrowBelow = 640

/** What the table shows and reports. */
export interface RunsTableProps {
  readonly address: ProjectAddress
  readonly runs: RunsState
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
}

/** Runs as rows; only those on screen, and only their columns on screen, are there. */
export function RunsTable(props: RunsTableProps): ReactElement {
  const { runs, columns, selection, sort } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { width } = useElementSize(scroller)
  const id = useId()
  const [current, setCurrent] = useState(-1)
  const [anchor, setAnchor] = useState(-1)
  const navigate = useNavigate()
  const nowMs = useNow(serverNowMs, 5000)
  const nameWidth = width < narrowBelow ? 190 : 300
  const total = runs.total ?? 0
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollMargin: headHeight,
    overscan: 12,
  })
  const places = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => columns[index]?.width ?? 100,
    getItemKey: (index) => columns[index]?.key ?? index,
    scrollMargin: nameWidth,
    overscan: 4,
  })
  const widths = columns.map((column) => column.width).join()
  const lastWidths = useRef(widths)
  if (lastWidths.current !== widths) {
    lastWidths.current = widths
    places.measure()
  }
  const items = rows.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  const { ensure } = runs
  useEffect(() => ensure(0, lastIndex), [ensure, lastIndex])

  const placed: readonly PlacedColumn[] = places.getVirtualItems().flatMap(({ index, start }) => {
    const column = columns[index]
    return column === undefined ? [] : [{ column, index, left: start }]
  })
  const context: RunRowContext = {
    address: props.address,
    columns: placed,
    asked: props.asked,
    baseline: props.baseline,
    nowMs,
    nameWidth,
  }
  const select = (index: number, isRange: boolean): void => {
    const run = runs.runs[index]
    if (run === undefined) return
    const [from, to] = [Math.min(anchor, index), Math.max(anchor, index)]
    const between = runs.runs.slice(from, to + 1).flatMap((one) => one?.runId ?? [])
    props.onSelect(isRange && anchor >= 0 ? selectRange(selection, between) : toggleRow(selection, run.runId))
    setAnchor(index)
    setCurrent(index)
  }
  const move = (by: number): void => {
    const next = Math.max(0, Math.min(total - 1, current + by))
    setCurrent(next)
    rows.scrollToIndex(next)
  }
  const currentRun = runs.runs[current]
  useShortcut('next-run', () => move(1))
  useShortcut('previous-run', () => move(-1))
  useShortcut('select-run', () => currentRun && select(current, false))
  useShortcut('toggle-eye', () => currentRun && props.onToggle(currentRun.runId, current))
  useShortcut('set-baseline', () => currentRun && props.onBaseline(currentRun.runId))
  useShortcut('open-run', () => {
    if (!currentRun) return false
    void navigate({ to: '/$entity/$project/runs/$runId', params: { ...props.address, runId: currentRun.runId } })
  })
  const totalWidth = nameWidth + places.getTotalSize()
  const isAllSelected = selection.isAll || (total > 0 && selection.ids.size === total)
  const label = useMemo(() => `Runs of ${props.address.project}`, [props.address.project])
  return (
    // The grid has the focus, and says which of its rows is meant.
    <div
      aria-activedescendant={currentRun ? `${id}-${current}` : undefined}
      aria-colcount={columns.length + 1}
      aria-label={label}
      aria-multiselectable="true"
      aria-rowcount={total + 1}
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
      <div className="relative" style={{ height: headHeight + rows.getTotalSize(), width: totalWidth }}>
        <div
          aria-rowindex={1}
          className="sticky top-0 z-20 border-line border-b bg-panel font-medium text-sm"
          role="row"
          style={{ height: headHeight, width: totalWidth }}
        >
          <div
            aria-sort={sortDirection(sort, 'run.name')}
            className="sticky left-0 z-10 flex h-full items-center gap-2 border-line border-r bg-panel px-2"
            role="columnheader"
            style={{ width: nameWidth }}
          >
            <input
              aria-label={isAllSelected ? 'Select none' : `Select all ${total} matching runs`}
              checked={isAllSelected}
              className="size-4 shrink-0 accent-(--accent)"
              onChange={() => props.onSelect(isAllSelected ? noRows : allRows)}
              type="checkbox"
            />
            <ColumnHead
              column={{ key: 'run.name', title: 'Name', namespace: undefined, kind: 'text', isSortable: true }}
              onSort={props.onSort}
              sort={sort}
            />
          </div>
          {placed.map(({ column, index, left }) => (
            <div
              aria-colindex={index + 2}
              aria-sort={column.isSortable ? sortDirection(sort, column.key) : undefined}
              className="absolute inset-y-0 flex items-center px-2"
              key={column.key}
              role="columnheader"
              style={{ left, width: column.width }}
            >
              <ColumnHead column={column} onSort={props.onSort} sort={sort} />
            </div>
          ))}
        </div>
        {items.map((item) => {
          const run = runs.runs[item.index]
          return (
            <div
              aria-rowindex={item.index + 2}
              aria-selected={run !== undefined && isSelected(selection, run.runId)}
              className={`group absolute left-0 border-line border-b hover:bg-hover aria-selected:bg-selected ${item.index === current ? 'outline outline-line-strong -outline-offset-1' : ''}`}
              id={`${id}-${item.index}`}
              key={run?.runId ?? item.key}
              role="row"
              style={{ height: rowHeight, width: totalWidth, transform: `translateY(${item.start}px)`, top: 0 }}
            >
              {run ? (
                <RunsTableRow
                  context={context}
                  isSelected={isSelected(selection, run.runId)}
                  isVisible={isRunVisible(props.visibility, run.runId, item.index)}
                  onBaseline={() => props.onBaseline(run.runId)}
                  onSelect={(isRange) => select(item.index, isRange)}
                  onToggle={() => props.onToggle(run.runId, item.index)}
                  run={run}
                />
              ) : (
                <div role="gridcell">
                  <div className="skeleton m-1.5 h-5 w-64" />
                </div>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}
