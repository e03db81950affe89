import type { RunGroup, RunWithValues } from '@lossline/protocol'
import { lazy, type ReactElement, type ReactNode, Suspense, useEffect, useId, useMemo, useRef } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { type Grouping, useGroupCells } from '../../hooks/runs/use-group-cells.ts'
import { moveByArrows, useMeantRow } from '../../hooks/runs/use-meant-row.ts'
import { useRowActions } from '../../hooks/runs/use-row-actions.ts'
import { useRowEditing } from '../../hooks/runs/use-row-editing.ts'
import { showEditedColumn, useRunsTableLayout, withDragEnd } from '../../hooks/runs/use-runs-table-layout.ts'
import { useTableKeys } from '../../hooks/runs/use-table-keys.ts'
import type { AtWork } from '../../hooks/use-at-work.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useRows } from '../../hooks/use-rows.ts'
import { useNow } from '../../hooks/use-store.ts'
import { summedKeys } from '../../view/runs/group-cell.ts'
import { allRows, isSelected, noRows, type RowSelection, selectedRowCount } from '../../view/runs/row-selection.ts'
import type { TableColumn } from '../../view/runs/table-columns.ts'
import { keyOfRow, type TableRows } from '../../view/runs/table-rows.ts'
import type { ColumnHeadContext } from './runs-column-menu.tsx'
import { RunsTableHeader } from './runs-table-header.tsx'
import type { RunRowContext } from './runs-table-row.tsx'
import { TableRowAt } from './runs-table-row-at.tsx'

const RunPreview = lazy(() => import('./run-preview.tsx').then((module) => ({ default: module.RunPreview })))

const headHeight = 36

/** What the table shows and reports. */
export interface RunsTableProps {
  readonly address: ProjectAddress
  readonly rows: TableRows
  /** Undefined: runs are listed one by one. */
  readonly grouping?: Grouping | undefined
  /** Runs that match, whether rows or in groups. */
  readonly runCount: number
  readonly columns: readonly TableColumn[]
  /** Keys that the runs' values were asked by. */
  readonly asked: readonly string[]
  /** CSS pixels. Default: as the page has it. */
  readonly nameWidth?: number | undefined
  readonly head: ColumnHeadContext
  /** Those that charts draw. */
  readonly drawn: readonly RunWithValues[]
  /** So often somebody came into the rows from elsewhere: each time the first row is meant and the table gets the focus. Default: 0. */
  readonly entries?: number
  /** The rows are of what was asked before. Default: not. */
  readonly isStale?: boolean
  /** Tells who is at work in it. */
  readonly work: Pick<AtWork, 'area' | 'scroller'>
  /** What the rows do not show yet. */
  readonly news: ReactNode
  readonly selection: RowSelection
  readonly baseline: RunWithValues | undefined
  readonly pins: readonly string[]
  readonly onSelect: (selection: RowSelection) => void
  readonly onToggle: (runId: string, isVisible: boolean) => void
  readonly onBaseline: (runId: string) => void
  readonly onPin: (runId: string) => void
  readonly onOnly: (runId: string) => void
  readonly onToggleGroup: (groupId: string) => void
  /** Draws the runs of a group in charts, or does not. Undefined: there are no groups. */
  readonly onShowGroup?: (group: RunGroup, isShown: boolean) => void
}

/** Runs as rows; only those on screen, and only their columns on screen, are there. */
export function RunsTable(props: RunsTableProps): ReactElement {
  const { rows, columns, selection, runCount } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { width } = useElementSize(scroller)
  const id = useId()
  const nowMs = useNow(serverNowMs, 5000)
  const [vertical, rowHeight] = useRows(32, {
    count: rows.count,
    getScrollElement: () => scroller.current,
    scrollMargin: headHeight,
    overscan: 12,
  })
  const layout = useRunsTableLayout(columns, scroller, { width, nameWidth: props.nameWidth })
  const { totalWidth } = layout
  const items = vertical.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => rows.ensure(0, lastIndex), [rows, lastIndex])

  const editing = useRowEditing(props.address)
  const summed = useMemo(() => summedKeys(columns), [columns])
  const inSight = [...layout.pinned, ...layout.columns].map(({ column }) => column.key)
  const groupCells = useGroupCells(props.address, props.grouping, summed, inSight)
  const { pinned, columns: inView, nameWidth, leftWidth } = layout
  const { address, asked, baseline } = props
  const context = useMemo(
    (): RunRowContext => ({
      address,
      columns: inView,
      pinned,
      asked,
      baseline,
      nowMs,
      groupCells,
      editing,
      nameWidth,
      leftWidth,
      totalWidth,
    }),
    [address, inView, pinned, asked, baseline, nowMs, groupCells, editing, nameWidth, leftWidth, totalWidth],
  )
  const meant = useMeantRow(rows, {
    selection,
    onSelect: props.onSelect,
    reveal: (index) => vertical.scrollToIndex(index),
    scroller,
    pointed: { attribute: 'aria-rowindex', first: 2 },
  })
  const { current, currentRow, setCurrent } = meant
  const { entries = 0 } = props
  const lastEntries = useRef(entries)
  useEffect(() => {
    if (entries === lastEntries.current) return
    lastEntries.current = entries
    scroller.current?.focus()
    setCurrent(0)
  }, [entries, setCurrent])
  const drawnIds = useMemo(() => new Set(props.drawn.map(({ runId }) => runId)), [props.drawn])
  const toggle = (runId: string): void => props.onToggle(runId, drawnIds.has(runId))
  const actions = useRowActions({
    select: meant.selectAt,
    preview: meant.preview,
    toggle,
    baseline: props.onBaseline,
    pin: props.onPin,
    only: props.onOnly,
    toggleGroup: props.onToggleGroup,
    showGroup: (group, isShown) => props.onShowGroup?.(group, isShown),
  })
  useTableKeys(address, meant.row, {
    ...props,
    onToggle: toggle,
    onMove: meant.move,
    onSelect: meant.select,
    onPreview: () => meant.preview(),
    onEdit: (runId, field) => editing?.onOpen(runId, field, !showEditedColumn(field, columns, layout)),
  })
  const isAllSelected = runCount > 0 && selectedRowCount(selection, runCount) === runCount
  return (
    <div className="relative flex min-h-0 flex-1 flex-col" {...props.work.area}>
      {/* The grid has the focus, and says which of its rows is meant. */}
      <div
        aria-activedescendant={currentRow ? `${id}-${current}` : undefined}
        aria-colcount={columns.length + 1}
        aria-label={`Runs of ${props.address.project}`}
        aria-multiselectable="true"
        aria-rowcount={rows.count + 1}
        className={`min-h-0 flex-1 overflow-auto bg-panel transition-opacity ${props.isStale ? 'opacity-60 delay-200' : ''}`}
        onKeyDown={(event) => event.target === event.currentTarget && moveByArrows(event, meant.move)}
        onPointerMove={meant.onPointerMove}
        ref={scroller}
        role="grid"
        tabIndex={0}
        {...props.work.scroller}
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
              head={withDragEnd(props.head, layout)}
              isAllSelected={isAllSelected}
              onDragWidth={layout.dragWidth}
              onSelectAll={() => props.onSelect(isAllSelected ? noRows : allRows)}
              runCount={runCount}
            />
          </div>
          {items.map(({ index, key, start }) => {
            const row = rows.at(index)
            const run = row.kind === 'run' ? row.run : undefined
            return (
              <TableRowAt
                actions={actions}
                context={context}
                height={rowHeight}
                id={`${id}-${index}`}
                index={index}
                isCurrent={index === current}
                isMarked={run !== undefined && isSelected(selection, run.runId)}
                isPinned={run !== undefined && props.pins.includes(run.runId)}
                isVisible={run !== undefined && drawnIds.has(run.runId)}
                key={keyOfRow(row) ?? key}
                row={row}
                start={start}
              />
            )
          })}
        </div>
      </div>
      {props.news}
      {meant.previewed && (
        <Suspense>
          <RunPreview
            address={props.address}
            className="top-11 right-3 bottom-3 w-96 max-sm:left-3 max-sm:w-auto"
            onClose={meant.closePreview}
            listed={meant.previewed}
          />
        </Suspense>
      )}
    </div>
  )
}
