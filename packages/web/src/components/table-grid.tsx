import type { TableColumnInfo, TableRow } from '@lossline/protocol'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { type RowSelection, type TableSource, tablePageSize, tableQuery } from '../api/media-queries.ts'
import { columnWidth, isMediaColumn, isNumberColumn, shownType } from '../view/cell-text.ts'
import { TableCell } from './table-cell.tsx'

const headHeight = 34
const indexWidth = 64

/** Rows of a table: any number, only those on screen are there and loaded. */
export function TableGrid(props: {
  readonly source: TableSource
  readonly selection: RowSelection
  readonly columns: readonly TableColumnInfo[]
  /** The first rows, which say how wide columns should be. */
  readonly firstRows: readonly TableRow[]
  readonly rowCount: number
  readonly label: string
  readonly onSort: (column: string) => void
  /** A row was chosen, by its place on screen. */
  readonly onOpen: (at: number) => void
}): ReactElement {
  const { source, selection, firstRows, rowCount, onSort, onOpen } = props
  const columns = useMemo(
    () =>
      props.columns.map((column, index) =>
        shownType(
          column,
          firstRows.map(({ cells }) => cells[index] ?? null),
        ),
      ),
    [props.columns, firstRows],
  )
  const scroller = useRef<HTMLDivElement>(null)
  const rowHeight = columns.some(isMediaColumn) ? 76 : 32
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]
  const last = items.at(-1)
  const rows = useRows(source, selection, first?.index ?? 0, last?.index ?? 0)
  const widths = useMemo(
    () =>
      columns.map((column, index) =>
        columnWidth(
          column,
          firstRows.map(({ cells }) => cells[index] ?? null),
        ),
      ),
    [columns, firstRows],
  )
  const width = widths.reduce((sum, one) => sum + one, indexWidth)
  const open = (event: MouseEvent<HTMLElement>, at: number): void => {
    if (!(event.target as Element).closest('audio, video, a')) onOpen(at)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, at: number): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const to = Math.min(rowCount - 1, Math.max(0, at + step))
    virtualizer.scrollToIndex(to)
    // The row may have to be drawn first.
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-at="${to}"]`)?.focus())
  }
  return (
    <div className="min-h-0 flex-1 overflow-auto border-line border-t bg-panel" ref={scroller}>
      <table
        aria-label={props.label}
        aria-rowcount={rowCount + 1}
        className="w-full table-fixed border-separate border-spacing-0"
        style={{ minWidth: width }}
      >
        <thead className="sticky top-0 z-10 bg-panel">
          <tr aria-rowindex={1} style={{ height: headHeight }}>
            <th className="border-line border-b px-3 text-right font-normal text-muted" style={{ width: indexWidth }}>
              #
            </th>
            {columns.map((column, index) => (
              <ColumnHead
                column={column}
                key={column.name}
                onSort={onSort}
                selection={selection}
                // The last one takes what is left of the screen.
                width={index < columns.length - 1 ? widths[index] : undefined}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Space height={first?.start ?? 0} />
          {items.map(({ index: at, key }) => {
            const row = rows.get(at)
            return (
              <tr
                aria-rowindex={at + 2}
                className="cursor-pointer hover:bg-hover"
                key={key}
                onClick={(event) => open(event, at)}
                style={{ height: rowHeight }}
              >
                <td className="border-line border-b px-2 text-right">
                  <button
                    aria-label={row === undefined ? 'Loading' : `Open row ${row.index + 1}`}
                    className="rounded px-1 text-muted hover:text-text"
                    data-at={at}
                    onKeyDown={(event) => onKeyDown(event, at)}
                    type="button"
                  >
                    {row === undefined ? '…' : row.index + 1}
                  </button>
                </td>
                {columns.map((column, index) => (
                  <td className="border-line border-b px-3" key={column.name}>
                    <div className={`flex items-center overflow-hidden ${isNumberColumn(column) ? 'justify-end' : ''}`}>
                      {row && <TableCell cell={row.cells[index] ?? null} height={rowHeight} />}
                    </div>
                  </td>
                ))}
              </tr>
            )
          })}
          <Space height={virtualizer.getTotalSize() - (last?.end ?? 0)} />
        </tbody>
      </table>
    </div>
  )
}

/** Stands for the rows that are not on screen. */
function Space({ height }: { readonly height: number }): ReactElement | null {
  return height <= 0 ? null : <tr style={{ height }} />
}

/** The rows between two places, and what is left of their pages. */
function useRows(
  source: TableSource,
  selection: RowSelection,
  first: number,
  last: number,
): ReadonlyMap<number, TableRow> {
  const [pages, setPages] = useState<readonly number[]>([0])
  useEffect(() => {
    const from = Math.floor(first / tablePageSize)
    const to = Math.floor(last / tablePageSize)
    setPages(Array.from({ length: to - from + 1 }, (_, i) => from + i))
  }, [first, last])
  const queries = useQueries({
    queries: pages.map((page) => ({
      ...tableQuery(source, selection, page),
      placeholderData: keepPreviousData<never>,
    })),
  })
  const rows = new Map<number, TableRow>()
  for (const [index, query] of queries.entries()) {
    const offset = (pages[index] as number) * tablePageSize
    // A page that takes another's place still has its rows until its own come.
    if (query.isPlaceholderData) continue
    for (const [at, row] of (query.data?.rows ?? []).entries()) rows.set(offset + at, row)
  }
  return rows
}

function ColumnHead(props: {
  readonly column: TableColumnInfo
  readonly selection: RowSelection
  readonly width: number | undefined
  readonly onSort: (column: string) => void
}): ReactElement {
  const { column, selection, width, onSort } = props
  const isSorted = selection.sort === column.name
  const Mark = selection.isDescending ? ArrowDown : ArrowUp
  return (
    <th
      aria-sort={isSorted ? (selection.isDescending ? 'descending' : 'ascending') : 'none'}
      className="border-line border-b p-0"
      scope="col"
      style={{ width }}
    >
      <button
        className={`flex h-8 w-full min-w-0 items-center gap-1 px-3 font-medium hover:bg-hover ${isNumberColumn(column) ? 'justify-end' : ''}`}
        onClick={() => onSort(column.name)}
        title={`${column.name} (${column.type}). Click to sort`}
        type="button"
      >
        <span className="truncate">{column.name}</span>
        {isSorted && <Mark aria-hidden="true" className="shrink-0" size={13} />}
      </button>
    </th>
  )
}
