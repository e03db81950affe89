import { StoreError } from '../errors.ts'
import { encodeRowGroup, findRowGroupFault, sliceRowGroup } from '../history/row-group-codec.ts'
import type { AppendRowsWrite, RowGroup } from '../store.ts'
import type { Connection } from './connection.ts'
import { outdateExportsFrom } from './history-exports.ts'
import type { KeyDictionary } from './key-dictionary.ts'
import { streamIds } from './run-reader.ts'
import { noRun, touchRun } from './run-writer.ts'
import { putWriterCount, readWriterCount } from './writers.ts'

interface RunHead {
  readonly project_id: number
  readonly history_line_count: number
  readonly events_line_count: number
  readonly last_step: number | null
}

/** Puts the rows that are new into the tail. Within a transaction. */
export function appendRows(
  connection: Connection,
  keys: KeyDictionary,
  write: AppendRowsWrite,
): { appendedRowCount: number; lineCount: number } {
  const run = connection.get<RunHead>(
    'SELECT project_id, history_line_count, events_line_count, last_step FROM run WHERE id = ? AND deleted_at_ms IS NULL',
    write.run,
  )
  if (run === undefined) throw noRun(write.run)
  const fault = findRowGroupFault(write.rows)
  if (fault !== undefined) throw new StoreError({ code: 'invalid', message: `Malformed rows: ${fault}.` })

  const lineCount = write.stream === 'events' ? run.events_line_count : run.history_line_count
  const streamId = streamIds[write.stream]
  const { writer } = write
  const writtenCount = writer === undefined ? lineCount : readWriterCount(connection, write.run, streamId, writer)
  const broughtCount = Math.max(0, writtenCount - write.lineOffset)
  if (broughtCount >= write.rows.rowCount) return { appendedRowCount: 0, lineCount }
  const knownCount = broughtCount + (writer === undefined ? 0 : (write.copiedRowCount ?? 0))
  const endCount = write.lineOffset + write.rows.rowCount
  if (writer !== undefined) putWriterCount(connection, write.run, streamId, writer, endCount)
  if (knownCount >= write.rows.rowCount) return { appendedRowCount: 0, lineCount }

  const rows = sliceRowGroup(write.rows, knownCount)
  const lineOffset = writer === undefined ? write.lineOffset + knownCount : lineCount
  const steps = toSteps(write, rows, lineOffset, run.last_step)
  const payload = encodeRowGroup(rows, steps, (name) => keys.idOf(run.project_id, name))
  connection.run(
    'INSERT INTO tail (run, stream, line_offset, row_count, payload) VALUES (?, ?, ?, ?, ?)',
    write.run,
    streamId,
    lineOffset,
    rows.rowCount,
    payload,
  )
  countKeys(rows, (name, numberCount, otherCount) => {
    connection.run(
      `INSERT INTO run_key (run, stream, key, number_count, other_count) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET number_count = number_count + excluded.number_count,
         other_count = other_count + excluded.other_count`,
      write.run,
      streamId,
      keys.idOf(run.project_id, name),
      numberCount,
      otherCount,
    )
  })
  touchRun(connection, write.run, write.nowMs)
  const newLineCount = lineOffset + rows.rowCount
  if (write.stream === 'events') {
    connection.run(
      'UPDATE run SET history_revision = history_revision + 1, events_line_count = ? WHERE id = ?',
      newLineCount,
      write.run,
    )
  } else {
    const { lowest, highest } = rangeOf(steps)
    if (lowest <= (run.last_step ?? Number.NEGATIVE_INFINITY)) outdateExportsFrom(connection, write.run, lowest)
    connection.run(
      `UPDATE run SET history_revision = history_revision + 1, history_line_count = ?1,
         last_step = max(coalesce(last_step, ?2), ?2) WHERE id = ?3`,
      newLineCount,
      highest,
      write.run,
    )
  }
  return { appendedRowCount: rows.rowCount, lineCount: newLineCount }
}

function rangeOf(steps: Float64Array): { lowest: number; highest: number } {
  let lowest = Number.POSITIVE_INFINITY
  let highest = Number.NEGATIVE_INFINITY
  for (const step of steps) {
    if (step < lowest) lowest = step
    if (step > highest) highest = step
  }
  return { lowest, highest }
}

function toSteps(
  { stream, assignsSteps }: AppendRowsWrite,
  rows: RowGroup,
  lineOffset: number,
  lastStep: number | null,
): Float64Array {
  const countFrom = (first: number) => Float64Array.from({ length: rows.rowCount }, (_, row) => first + row)
  if (stream === 'events') return countFrom(lineOffset)
  if (assignsSteps) return countFrom((lastStep ?? -1) + 1)
  return rows.steps.map((step) => step + 0) // -0 becomes 0
}

function countKeys(rows: RowGroup, visit: (name: string, numberCount: number, otherCount: number) => void): void {
  const otherCounts = new Map<string, number>()
  for (const { key } of rows.others) otherCounts.set(key, (otherCounts.get(key) ?? 0) + 1)
  for (const { key, values } of rows.numbers) {
    visit(key, values.length, otherCounts.get(key) ?? 0)
    otherCounts.delete(key)
  }
  for (const [key, count] of otherCounts) visit(key, 0, count)
}
