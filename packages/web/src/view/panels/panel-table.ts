import { csvField } from '@lossline/protocol'

/** What a panel shows, as rows that anybody can read, copy and save. */
export interface PanelTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly PanelCell[])[]
}

/** A number, a text, or a text that leads to an address of this server. */
export type PanelCell = string | number | { readonly text: string; readonly href: string }

/** What a cell says. */
export function cellValue(cell: PanelCell | undefined): string | number {
  return typeof cell === 'object' ? cell.text : (cell ?? '')
}

/** Comma-separated values as RFC 4180 has them. */
export function panelTableToCsv({ columns, rows }: PanelTable): string {
  return [columns, ...rows].map((row) => `${row.map((cell) => csvField(cellValue(cell))).join(',')}\r\n`).join('')
}

/** Rows in the order of a column: numbers first, then texts. */
export function sortPanelRows(rows: PanelTable['rows'], column: number, isDescending: boolean): PanelTable['rows'] {
  return rows.toSorted((one, other) => {
    const [a, b] = [cellValue(one[column]), cellValue(other[column])]
    if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
    const order = a < b ? -1 : a > b ? 1 : 0
    return isDescending ? -order : order
  })
}
