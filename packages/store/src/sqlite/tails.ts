import { decodeRowGroup, type StoredRowGroup } from '../history/row-group-codec.ts'
import type { Column } from '../store.ts'
import type { Connection } from './connection.ts'
import { corruptError } from './sqlite-errors.ts'

/** A row group that waits for compaction. Row r of it is line `lineOffset` + r of the run. */
export interface Tail {
  readonly id: number
  readonly lineOffset: number
  readonly group: StoredRowGroup
}

/** All tails of a stream, in order of arrival. @throws {@link StoreError} `corrupt`. */
export function readTails(connection: Connection, run: number, streamId: number): Tail[] {
  const found = connection.all<{ id: number; lineOffset: number; payload: Uint8Array }>(
    'SELECT id, line_offset AS lineOffset, payload FROM tail WHERE run = ? AND stream = ? ORDER BY line_offset',
    run,
    streamId,
  )
  return found.map(({ id, lineOffset, payload }) => {
    try {
      return { id, lineOffset, group: decodeRowGroup(payload) }
    } catch (cause) {
      throw corruptError(`the rows from line ${lineOffset} of run ${run}`, cause)
    }
  })
}

/** The numbers of one key, a part a tail, in order of arrival. */
export function tailColumns(tails: readonly Tail[], keyId: number): Column[] {
  return tails.flatMap(({ group }) => {
    const column = group.numbers.find((one) => one.keyId === keyId)
    if (column === undefined) return []
    const { rowIndexes, values } = column
    if (rowIndexes === undefined) return [{ steps: group.steps, values }]
    return [{ steps: Float64Array.from(rowIndexes, (row) => group.steps[row]!), values }]
  })
}
