import type { StrictJson } from '@lossline/protocol'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { type ExportedRuns, exportedRows } from './export-runs.ts'

/**
 * A list of runs as a Parquet file: name and id first, then its columns under their keys. Columns of numbers are `DOUBLE`, of
 * booleans `BOOLEAN`, all others texts; NaN and infinities of summaries are numbers again, and what is missing is null.
 */
export function runsToParquet(exported: ExportedRuns): Uint8Array<ArrayBuffer> {
  const { names, rows } = exportedRows(exported)
  const columnData = names.map((name, index) =>
    toColumn(
      name,
      rows.map((row) => toPlain(row[index] ?? null)),
    ),
  )
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}

type Plain = string | number | boolean | null

function toColumn(name: string, values: readonly Plain[]) {
  const kinds = new Set(values.filter((value) => value !== null).map((value) => typeof value))
  if (kinds.size === 1 && kinds.has('number'))
    return { name, data: [...values], type: 'DOUBLE' as const, nullable: true }
  if (kinds.size === 1 && kinds.has('boolean'))
    return { name, data: [...values], type: 'BOOLEAN' as const, nullable: true }
  const data = values.map((value) => (value === null ? null : String(value)))
  return { name, data, type: 'STRING' as const, nullable: true }
}

const numbers: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
}

function toPlain(value: StrictJson): Plain {
  if (typeof value === 'string') return numbers[value] ?? value
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}
