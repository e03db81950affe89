import { Copy, Download } from 'lucide-react'
import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { type ChartTableColumn, type ChartTableRow, sortTableRows, toCsv, toTableRows } from '../chart/chart-table.ts'
import type { Chart } from '../hooks/use-chart.ts'
import { copyText } from '../view/clipboard.ts'
import { download } from '../view/download.ts'
import { formatCount, formatExact, formatNumber } from '../view/format.ts'

const rowsAtFirst = 200

/** "View as table": exactly what the chart draws in view, sortable, copyable, as a CSV file. */
export function ChartTable(props: {
  readonly chart: Chart
  readonly title: string
  readonly xName: string
  readonly formatX: (x: number) => string
}): ReactElement {
  const { chart, title, xName, formatX } = props
  const [sort, setSort] = useState<{ by: ChartTableColumn; isDescending: boolean } | undefined>()
  const [rowCount, setRowCount] = useState(rowsAtFirst)
  const rows = useMemo(() => toTableRows(chart.model.lines, chart.zoomX), [chart.model.lines, chart.zoomX])
  const sorted = useMemo(() => (sort ? sortTableRows(rows, sort.by, sort.isDescending) : rows), [rows, sort])
  const isReduced = rows.some((row) => row.count > 1)
  const isSmoothed = rows.some((row) => row.smoothed !== undefined)
  const columns: readonly Column[] = [
    { id: 'run', label: 'Run', text: (row) => row.run },
    { id: 'x', label: xName, text: (row) => formatX(row.x) },
    { id: 'value', label: isReduced ? 'last' : 'value', text: (row) => formatExact(row.value) },
    ...(isSmoothed ? smoothedColumns : []),
    ...(isReduced ? bucketColumns : []),
  ]
  const region = useRef<HTMLElement>(null)
  useEffect(() => {
    // The chart's cursor had the focus and is gone; without this the keyboard would start again at the top of the page.
    if (document.activeElement === document.body) region.current?.focus({ preventScroll: true })
  }, [])
  const csv = (): string => toCsv(sorted, xName, title)
  return (
    <section
      ref={region}
      aria-label={`${title} as table`}
      className="absolute inset-0 overflow-auto border-line border-t text-sm"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
      tabIndex={0}
    >
      <div className="sticky left-0 flex items-center gap-2 px-3 py-1.5 text-muted">
        {formatCount(rows.length, 'row')}
        <button className="icon-button ml-auto" onClick={() => void copyText(csv())} title="Copy as CSV" type="button">
          <Copy aria-label="Copy as CSV" size={14} />
        </button>
        <button
          className="icon-button"
          onClick={() => download(`${title}.csv`, csv(), 'text/csv')}
          title="Download CSV"
          type="button"
        >
          <Download aria-label="Download CSV" size={14} />
        </button>
      </div>
      <table className="w-full">
        <thead className="sticky top-0 bg-panel text-muted">
          <tr>
            {columns.map((column) => {
              const isSorted = sort?.by === column.id
              return (
                <th
                  aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : 'none'}
                  className="px-3 py-1 text-left font-normal"
                  key={column.id}
                >
                  <button
                    className="hover:text-text"
                    onClick={() => setSort({ by: column.id, isDescending: isSorted && !sort.isDescending })}
                    type="button"
                  >
                    {column.label}
                    {isSorted && (sort.isDescending ? ' ↓' : ' ↑')}
                  </button>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, rowCount).map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity; equal ones may repeat.
            <tr className="border-line border-t" key={i}>
              {columns.map((column) => (
                <td className="whitespace-nowrap px-3 py-0.5" key={column.id}>
                  {column.text(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > rowCount && (
        <button className="link-text px-3 py-2" onClick={() => setRowCount(rowCount * 5)} type="button">
          Showing {formatCount(rowCount, 'row')} of {formatNumber(sorted.length)}. Show more
        </button>
      )}
    </section>
  )
}

interface Column {
  readonly id: ChartTableColumn
  readonly label: string
  readonly text: (row: ChartTableRow) => string
}

const smoothedColumns: readonly Column[] = [
  { id: 'smoothed', label: 'smoothed', text: (row) => (row.smoothed === undefined ? '' : formatNumber(row.smoothed)) },
]
const bucketColumns: readonly Column[] = [
  { id: 'min', label: 'min', text: (row) => formatNumber(row.min) },
  { id: 'max', label: 'max', text: (row) => formatNumber(row.max) },
  { id: 'count', label: 'points', text: (row) => formatNumber(row.count) },
]
