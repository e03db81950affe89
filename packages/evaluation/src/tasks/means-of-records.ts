import type { RecordColumns } from './evaluation-task.ts'

/** Mean of each column over some rows: the metrics that are means of one value a row. */
export function meansOfRecords(records: RecordColumns, rows: Uint32Array): number[] {
  return records.map((column) => {
    let sum = 0
    for (let at = 0; at < rows.length; at += 1) sum += column[rows[at]!]!
    return sum / rows.length
  })
}
