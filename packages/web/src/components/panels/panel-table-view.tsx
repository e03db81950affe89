import { type ReactElement, useMemo } from 'react'
import { cellValue, type PanelTable, panelTableToCsv, sortPanelRows } from '../../view/panels/panel-table.ts'
import { formatExact } from '../../view/text/format.ts'
import { type DataColumn, DataTable } from '../controls/data-table.tsx'

/** "View as table" of a panel. */
export function PanelTableView(props: { readonly table: PanelTable; readonly title: string }): ReactElement {
  const { table, title } = props
  const columns = useMemo(
    () =>
      table.columns.map((label, id): DataColumn<PanelTable['rows'][number], number> => {
        const text = (row: PanelTable['rows'][number]): string => {
          const cell = cellValue(row[id])
          return typeof cell === 'number' ? formatExact(cell) : cell
        }
        const link = (row: PanelTable['rows'][number]): string | undefined => {
          const cell = row[id]
          return typeof cell === 'object' ? cell.href : undefined
        }
        const isText = table.rows.some((row) => typeof cellValue(row[id]) === 'string')
        return { id, label, text, link, isText }
      }),
    [table],
  )
  return (
    <DataTable
      className="h-full"
      columns={columns}
      rows={table.rows}
      sortRows={sortPanelRows}
      title={title}
      toCsv={() => panelTableToCsv(table)}
    />
  )
}
