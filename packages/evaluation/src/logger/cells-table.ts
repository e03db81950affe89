import { Table } from '@lossline/core'
import type { TableRows } from './evaluation-result.ts'

/**
 * A table of rows, whose columns are all of their keys. A column of several types takes any; one that cannot be in a table is
 * left out.
 *
 * @param onLeftOut - Is told of such a column.
 */
export function toTable(rows: TableRows, onLeftOut: (column: string, cause: unknown) => void): Table {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const whole = maybeTable(rows, names)
  if (whole instanceof Table) return whole
  // Only now, because each try copies the images of its columns.
  const fitting = names.filter((name) => {
    const alone = maybeTable(rows, [name])
    if (alone instanceof Table) return true
    onLeftOut(name, alone.cause)
    return false
  })
  return new Table({ columns: fitting, rows: valuesOf(rows, fitting), allowMixedTypes: true })
}

/** The table, or why there is none. */
function maybeTable(rows: TableRows, columns: readonly string[]): Table | { readonly cause: unknown } {
  const values = valuesOf(rows, columns)
  try {
    return new Table({ columns, rows: values })
  } catch {
    try {
      return new Table({ columns, rows: values, allowMixedTypes: true })
    } catch (cause) {
      return { cause }
    }
  }
}

function valuesOf(rows: TableRows, columns: readonly string[]): unknown[][] {
  return rows.map((row) => columns.map((name) => row[name]))
}
