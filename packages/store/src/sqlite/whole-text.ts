import { type RawBuilder, sql } from 'kysely'

/**
 * In SQL: a text so that it reaches JavaScript whole, also when U+0000 is in it, at which Node ends texts (as of 22.23); other
 * values stay as they are. To be read by {@link fromWholeText}.
 */
export function wholeText(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`iif(instr(${value}, char(0)) > 0, CAST(${value} AS BLOB), ${value})`
}

/** The same for a column of a statement that is written as text; it keeps its name. */
export function wholeColumn(column: string, name: string = column): string {
  return `${wholeExpression(column)} AS ${name}`
}

/** The same without a name. */
export function wholeExpression(column: string): string {
  return `iif(instr(${column}, char(0)) > 0, CAST(${column} AS BLOB), ${column})`
}

/** Columns of a table by the names that they get: {@link wholeColumn} for each, divided by commas. */
export function wholeColumns(table: string, columns: { readonly [name: string]: string }): string {
  const entries = Object.entries(columns)
  return entries.map(([name, column]) => wholeColumn(`${table}.${column}`, name)).join(', ')
}

/** A row of which some columns were selected by {@link wholeColumn}, with texts in them; NULL stays. */
export function withWholeTexts<Row extends object>(row: Row, names: readonly (keyof Row)[]): Row {
  const cut = names.filter((name) => row[name] instanceof Uint8Array)
  if (cut.length === 0) return row
  return { ...row, ...Object.fromEntries(cut.map((name) => [name, fromWholeText(row[name])])) }
}

export function fromWholeText(text: unknown): string {
  return text instanceof Uint8Array ? Buffer.from(text).toString('utf8') : String(text)
}
