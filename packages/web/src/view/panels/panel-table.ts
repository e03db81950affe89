/** What a panel shows, as rows that anybody can read, copy and save. */
export interface PanelTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

/** Comma-separated values as RFC 4180 has them. */
export function panelTableToCsv({ columns, rows }: PanelTable): string {
  return [columns, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('')
}

/** One field of a CSV file. */
export function csvField(value: string | number): string {
  const text = String(value)
  // A leading = + - @ makes spreadsheets run names as formulas; numbers are ours and safe.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows in the order of a column: numbers first, then texts. */
export function sortPanelRows(
  rows: PanelTable['rows'],
  column: number,
  isDescending: boolean,
): readonly (readonly (string | number)[])[] {
  return rows.toSorted((one, other) => {
    const [a, b] = [one[column]!, other[column]!]
    if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
    const order = a < b ? -1 : a > b ? 1 : 0
    return isDescending ? -order : order
  })
}
