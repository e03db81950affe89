import { type ReactElement, useMemo } from 'react'
import {
  type ChartTableColumn,
  type ChartTableRow,
  sortTableRows,
  toCsv,
  toTableRows,
} from '../../chart/chart-table.ts'
import { csvNames } from '../../chart/export/export-words.ts'
import type { Chart } from '../../hooks/chart/use-chart.ts'
import { formatExact, formatNumber } from '../../view/text/format.ts'
import { commonUnit } from '../../view/text/unit.ts'
import { type DataColumn, DataTable } from '../controls/data-table.tsx'

/** "View as table": exactly what the chart draws in view. */
export function ChartTable(props: {
  readonly chart: Chart
  readonly title: string
  readonly xName: string
  readonly formatX: (x: number) => string
}): ReactElement {
  const { chart, title, xName, formatX } = props
  const { lines, members } = chart.model
  const rows = useMemo(() => toTableRows([...lines, ...members], chart.zoomX), [lines, members, chart.zoomX])
  const notes = useMemo(() => [...chart.notes.marks, ...chart.notes.pins].sort((a, b) => a.x - b.x), [chart.notes])
  const unit = commonUnit(chart.model.lines.map((line) => line.unit ?? ''))
  const isReduced = rows.some((row) => row.count > 1)
  const isSmoothed = rows.some((row) => row.smoothed !== undefined)
  const columns: readonly Column[] = [
    { id: 'run', label: 'Run', text: (row) => row.run, isText: true },
    { id: 'x', label: xName, text: (row) => formatX(row.x) },
    {
      id: 'value',
      label: `${isReduced ? 'last' : 'value'}${unit === '' ? '' : ` (${unit})`}`,
      text: (row) => formatExact(row.value),
    },
    ...(isSmoothed ? smoothedColumns : []),
    ...(isReduced ? bucketColumns : []),
  ]
  return (
    <div className="absolute inset-0 flex flex-col">
      <DataTable
        className="min-h-0 flex-1"
        columns={columns}
        rows={rows}
        sortRows={sortTableRows}
        title={title}
        toCsv={(sorted) => toCsv(sorted, xName, csvNames({ ...chart, title }))}
      />
      {notes.length > 0 && <NotesTable formatX={formatX} notes={notes} title={title} xName={xName} />}
    </div>
  )
}

/** What is marked at the lines, in the order of x. */
function NotesTable(props: {
  readonly title: string
  readonly notes: readonly { readonly x: number; readonly text: string }[]
  readonly xName: string
  readonly formatX: (x: number) => string
}): ReactElement {
  return (
    <section
      aria-label={`Moments and best points of ${props.title}`}
      className="max-h-[40%] shrink-0 overflow-auto border-line border-t text-sm"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
      tabIndex={0}
    >
      <table className="w-full">
        <thead className="sticky top-0 bg-panel text-left text-muted">
          <tr>
            <th className="px-3 py-1 font-normal">{props.xName}</th>
            <th className="px-3 py-1 font-normal">What happened</th>
          </tr>
        </thead>
        <tbody>
          {props.notes.map(({ x, text }) => (
            <tr className="border-line border-t" key={`${x} ${text}`}>
              <td className="whitespace-nowrap px-3 py-0.5">{props.formatX(x)}</td>
              <td className="w-full px-3 py-0.5">{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type Column = DataColumn<ChartTableRow, ChartTableColumn>

const smoothedColumns: readonly Column[] = [
  { id: 'smoothed', label: 'smoothed', text: (row) => (row.smoothed === undefined ? '' : formatNumber(row.smoothed)) },
]
const bucketColumns: readonly Column[] = [
  { id: 'min', label: 'min', text: (row) => formatNumber(row.min) },
  { id: 'max', label: 'max', text: (row) => formatNumber(row.max) },
  { id: 'count', label: 'points', text: (row) => formatNumber(row.count) },
]
