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
  const fitting = names.filter((name) => {
    try {
      tableOf(rows, [name])
      return true
    } catch (cause) {
      onLeftOut(name, cause)
      return false
    }
  })
  return tableOf(rows, fitting)
}

function tableOf(rows: TableRows, columns: readonly string[]): Table {
  const values = rows.map((row) => columns.map((name) => row[name]))
  try {
    return new Table({ columns, rows: values })
  } catch {
    return new Table({ columns, rows: values, allowMixedTypes: true })
  }
}
