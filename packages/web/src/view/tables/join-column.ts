import type { TableColumnInfo } from '@lossline/protocol'

const keyNames = /^(id|_id|uid|uuid|key|index|idx|name|file|path|example|sample)$/i
const comparable: ReadonlySet<string> = new Set(['number', 'string', 'timestamp', 'any'])

/** Columns by which tables can stand side by side. */
export function joinColumns(columns: readonly TableColumnInfo[]): readonly string[] {
  return columns.filter(({ type }) => comparable.has(type)).map(({ name }) => name)
}

/** The column that looks most like a key: by its name, else the first one. */
export function guessJoinColumn(columns: readonly TableColumnInfo[]): string | undefined {
  const names = joinColumns(columns)
  return names.find((name) => keyNames.test(name)) ?? names.find((name) => /(_|\b)id$/i.test(name)) ?? names[0]
}
