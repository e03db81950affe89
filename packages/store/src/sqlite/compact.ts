import { mergeSeries } from '../history/merge-series.ts'
import type { Column } from '../store.ts'
import { numbersOf, readStoredCells, readTailCells, resolveCells } from './cells.ts'
import {
  type ChunkHead,
  chunkHeadColumns,
  chunkPointCountMax,
  deleteChunk,
  readChunk,
  type SeriesAddress,
  writeChunks,
} from './chunks.ts'
import type { Connection } from './connection.ts'
import { readTails, type Tail, tailColumns } from './tails.ts'

/**
 * Turns the whole tail of one stream of a run into chunks, rollups and rows, in one transaction.
 *
 * What was compacted before stays as it is, apart from the last chunk of a key while it is not full: it is merged with what
 * comes after it, so that slow runs do not end up with chunks of a few points.
 *
 * The rule that makes "the last to arrive wins" readable later without a line number per point: everything in a chunk is
 * resolved against all lines below its `line_end`. So a chunk with a higher id beats one with a lower id, and a `row` beats a
 * chunk exactly when its line is not below that chunk's `line_end`.
 */
export function compactStream(connection: Connection, run: number, streamId: number): void {
  connection.transaction(() => compactStreamNow(connection, run, streamId))
}

/** The same within a transaction. */
export function compactStreamNow(connection: Connection, run: number, streamId: number): void {
  const tails = readTails(connection, run, streamId)
  const lastTail = tails.at(-1)
  if (lastTail === undefined) return
  const lineEnd = lastTail.lineOffset + lastTail.group.rowCount
  const mixedKeys = readMixedKeys(connection, run, streamId)
  const numberKeys = new Set(tails.flatMap(({ group }) => group.numbers.map((column) => column.keyId)))
  for (const keyId of numberKeys) {
    const at = { run, streamId, keyId }
    const openChunk = findOpenChunk(connection, at)
    const column = mixedKeys.has(keyId)
      ? mergeMixed(connection, at, openChunk, tails)
      : mergeSeries([...(openChunk ? [readChunk(connection, openChunk)] : []), ...tailColumns(tails, keyId)])
    if (openChunk !== undefined) deleteChunk(connection, openChunk.id)
    writeChunks(connection, at, column, lineEnd)
  }
  for (const tail of tails) writeRows(connection, run, streamId, tail)
  connection.run('DELETE FROM tail WHERE run = ? AND stream = ?', run, streamId)
}

/** The newest chunk of a key, if there is room in it. */
function findOpenChunk(connection: Connection, at: SeriesAddress): ChunkHead | undefined {
  const newest = connection.get<ChunkHead>(
    `SELECT ${chunkHeadColumns}
     FROM chunk WHERE run = ? AND stream = ? AND key = ? ORDER BY id DESC LIMIT 1`,
    at.run,
    at.streamId,
    at.keyId,
  )
  return newest && newest.point_count < chunkPointCountMax ? newest : undefined
}

function mergeMixed(
  connection: Connection,
  at: SeriesAddress,
  openChunk: ChunkHead | undefined,
  tails: readonly Tail[],
): Column {
  const stored = readStoredCells(connection, at, openChunk ? [openChunk] : [])
  return numbersOf(resolveCells([...stored, ...readTailCells(tails, at.keyId)]))
}

function readMixedKeys(connection: Connection, run: number, streamId: number): ReadonlySet<number> {
  const found = connection.all<{ key: number }>(
    'SELECT key FROM run_key WHERE run = ? AND stream = ? AND number_count > 0 AND other_count > 0',
    run,
    streamId,
  )
  return new Set(found.map((one) => one.key))
}

function writeRows(connection: Connection, run: number, streamId: number, { lineOffset, group }: Tail): void {
  // In order of arrival, whatever the order of keys in the group: of one key and step the last one stays.
  for (const { keyId, rowIndex, json } of [...group.others].sort((a, b) => a.rowIndex - b.rowIndex)) {
    connection.run(
      'INSERT OR REPLACE INTO row (run, stream, key, step, line, json) VALUES (?, ?, ?, ?, ?, ?)',
      run,
      streamId,
      keyId,
      group.steps[rowIndex]!,
      lineOffset + rowIndex,
      json,
    )
  }
}
