import { Copy, Download } from 'lucide-react'
import { type ReactElement, useMemo, useState } from 'react'
import { copyText } from '../../view/clipboard.ts'
import { download } from '../../view/download.ts'
import { formatCount, formatExact } from '../../view/format.ts'
import { type PanelTable, panelTableToCsv, sortPanelRows } from '../../view/panels/panel-table.ts'

const rowsAtFirst = 200

/** "View as table" of a panel: sortable, copyable, as a CSV file. */
export function PanelTableView(props: { readonly table: PanelTable; readonly title: string }): ReactElement {
  const { table, title } = props
  const [sort, setSort] = useState<{ readonly column: number; readonly isDescending: boolean }>()
  const [rowCount, setRowCount] = useState(rowsAtFirst)
  const rows = useMemo(
    () => (sort ? sortPanelRows(table.rows, sort.column, sort.isDescending) : table.rows),
    [table.rows, sort],
  )
  return (
    <section
      aria-label={`${title} as table`}
      className="h-full overflow-auto border-line border-t text-sm"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
      tabIndex={0}
    >
      <div className="sticky left-0 flex items-center gap-1 px-3 py-1.5 text-muted">
        {formatCount(rows.length, 'row')}
        <button
          aria-label="Copy as CSV"
          className="icon-button ml-auto"
          onClick={() => void copyText(panelTableToCsv(table))}
          title="Copy as CSV"
          type="button"
        >
          <Copy size={14} />
        </button>
        <button
          aria-label="Download CSV"
          className="icon-button"
          onClick={() => download(`${title}.csv`, panelTableToCsv(table), 'text/csv')}
          title="Download CSV"
          type="button"
        >
          <Download size={14} />
        </button>
      </div>
      <table className="w-full">
        <thead className="sticky top-0 bg-panel text-muted">
          <tr>
            {table.columns.map((name, column) => {
              const isSorted = sort?.column === column
              return (
                <th
                  aria-sort={!isSorted ? 'none' : sort.isDescending ? 'descending' : 'ascending'}
                  className="px-3 py-1 text-left font-normal"
                  key={name}
                >
                  <button
                    className="min-h-6 hover:text-text"
                    onClick={() => setSort({ column, isDescending: isSorted && !sort.isDescending })}
                    type="button"
                  >
                    {name}
                    {isSorted && (sort.isDescending ? ' ↓' : ' ↑')}
                  </button>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, rowCount).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity; equal ones may repeat.
            <tr className="border-line border-t" key={index}>
              {row.map((cell, column) => (
                <td className="whitespace-nowrap px-3 py-0.5" key={table.columns[column]}>
                  {typeof cell === 'number' ? formatExact(cell) : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > rowCount && (
        <button className="link-text px-3 py-2" onClick={() => setRowCount(rowCount * 5)} type="button">
          Showing {formatCount(rowCount, 'row')} of {formatCount(rows.length, 'row')}. Show more
        </button>
      )}
    </section>
  )
}
