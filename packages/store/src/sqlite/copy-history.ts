import { StoreError } from '../errors.ts'
import { trimColumn } from '../history/merge-series.ts'
import type { CopyHistoryWrite, CutHistoryWrite } from '../store.ts'
import { numbersOf, readStoredCells, resolveCells } from './cells.ts'
import {
  type ChunkHead,
  chunkHeadColumns,
  listChunkHeads,
  readChunk,
  type SeriesAddress,
  writeChunks,
} from './chunks.ts'
import { compactStreamNow } from './compact.ts'
import type { Connection } from './connection.ts'
import { outdateExportsAfter } from './history-exports.ts'
import { isMixed, type LoggedKey, listLoggedKeys, readKeyColumn } from './history-reader.ts'
import { findRun, streamIds } from './run-reader.ts'
import { noRunAt, requireRun, touchRun } from './run-writer.ts'

const streamId = streamIds.history
/** Where the kept part of a run's history is put together before it takes the place of the whole. No run has this id. */
const scratchRun = -1

/** Within a transaction. */
export function copyHistory(connection: Connection, write: CopyHistoryWrite): { lineCount: number } {
  const { from, throughStep, nowMs } = write
  requireRun(connection, from)
  const target = findRun(connection, write.to)
  if (target === undefined) throw noRunAt(write.to)
  if (target.historyLineCount > 0) {
    throw new StoreError({ code: 'conflict', message: 'A run that has history of its own cannot take another one’s.' })
  }
  const figures = transfer(connection, from, target.id, throughStep)
  putFigures(connection, target.id, figures)
  touchRun(connection, target.id, nowMs)
  return { lineCount: figures.lineCount }
}

/** Within a transaction. */
export function cutHistory(connection: Connection, write: CutHistoryWrite): { lineCount: number } {
  const { run, throughStep, nowMs } = write
  requireRun(connection, run)
  const figures = transfer(connection, run, scratchRun, throughStep)
  connection.run('DELETE FROM rollup WHERE chunk IN (SELECT id FROM chunk WHERE run = ?)', run)
  for (const table of ['chunk', 'tail', 'row', 'run_key', 'line', 'line_range']) {
    connection.run(`DELETE FROM ${table} WHERE run = ?`, run)
  }
  for (const table of ['chunk', 'row', 'run_key']) {
    connection.run(`UPDATE ${table} SET run = ? WHERE run = ?`, run, scratchRun)
  }
  connection.run('UPDATE run SET events_line_count = 0, log_line_count = 0 WHERE id = ?', run)
  putFigures(connection, run, figures)
  outdateExportsAfter(connection, run, throughStep)
  touchRun(connection, run, nowMs)
  return { lineCount: figures.lineCount }
}

interface HistoryFigures {
  readonly lineCount: number
  readonly lastStep: number | undefined
}

/** Writes the kept part of a history for another run, key by key. */
function transfer(connection: Connection, from: number, to: number, throughStep: number): HistoryFigures {
  compactStreamNow(connection, from, streamId)
  const keys = listLoggedKeys(connection, from, streamId)
  const lineCount = countRows(connection, from, keys, throughStep)
  let lastStep: number | undefined
  for (const key of keys) {
    const source: SeriesAddress = { run: from, streamId, keyId: key.keyId }
    const target: SeriesAddress = { run: to, streamId, keyId: key.keyId }
    if (isMixed(key)) copyMixed(connection, source, target, throughStep, lineCount)
    else {
      copyChunks(connection, source, target, throughStep, lineCount)
      connection.run(
        `INSERT INTO row (run, stream, key, step, line, json)
         SELECT ?, stream, key, step, 0, json FROM row WHERE run = ? AND stream = ? AND key = ? AND step <= ?`,
        to,
        from,
        streamId,
        key.keyId,
        throughStep,
      )
    }
    lastStep = maxOf(lastStep, countKey(connection, target))
  }
  return { lineCount, lastStep }
}

/**
 * Chunks are copied as they lie, but for those that reach beyond the step. In the order of their numbers: a later one wins.
 */
function copyChunks(
  connection: Connection,
  from: SeriesAddress,
  to: SeriesAddress,
  throughStep: number,
  lineEnd: number,
): void {
  const heads = listChunkHeads(connection, from, Number.NEGATIVE_INFINITY, throughStep).sort((a, b) => a.id - b.id)
  for (const head of heads) {
    if (head.last_step > throughStep) {
      writeChunks(
        connection,
        to,
        trimColumn(readChunk(connection, head), Number.NEGATIVE_INFINITY, throughStep),
        lineEnd,
      )
    } else copyChunk(connection, head, to, lineEnd)
  }
}

const copiedColumns = `stream, key, first_step, last_step, point_count, finite_count, first, min, max, last, sum, stride,
  value_form, steps, points`

function copyChunk(connection: Connection, head: ChunkHead, to: SeriesAddress, lineEnd: number): void {
  connection.run(
    `INSERT INTO chunk (run, line_end, ${copiedColumns}) SELECT ?, ?, ${copiedColumns} FROM chunk WHERE id = ?`,
    to.run,
    lineEnd,
    head.id,
  )
  connection.run(
    'INSERT INTO rollup (chunk, figures) SELECT last_insert_rowid(), figures FROM rollup WHERE chunk = ?',
    head.id,
  )
}

/** What arrived last at each step, numbers and others apart: their order of arrival no longer matters. */
function copyMixed(
  connection: Connection,
  from: SeriesAddress,
  to: SeriesAddress,
  throughStep: number,
  lineEnd: number,
): void {
  const heads = listChunkHeads(connection, from, Number.NEGATIVE_INFINITY, throughStep)
  const cells = resolveCells(readStoredCells(connection, from, heads)).filter((cell) => cell.step <= throughStep)
  writeChunks(connection, to, numbersOf(cells), lineEnd)
  for (const { step, value } of cells) {
    if (typeof value === 'number') continue
    connection.run(
      'INSERT INTO row (run, stream, key, step, line, json) VALUES (?, ?, ?, ?, 0, ?)',
      to.run,
      streamId,
      to.keyId,
      step,
      value,
    )
  }
}

/** Notes how often a copied key was logged; the answer is its last step. */
function countKey(connection: Connection, at: SeriesAddress): number | undefined {
  const address = [at.run, streamId, at.keyId] as const
  const numbers = connection.get<{ count: number; last: number | null }>(
    'SELECT coalesce(sum(point_count), 0) AS count, max(last_step) AS last FROM chunk WHERE run = ? AND stream = ? AND key = ?',
    ...address,
  )!
  const others = connection.get<{ count: number; last: number | null }>(
    'SELECT count(*) AS count, max(step) AS last FROM row WHERE run = ? AND stream = ? AND key = ?',
    ...address,
  )!
  if (numbers.count + others.count === 0) return undefined
  connection.run(
    'INSERT INTO run_key (run, stream, key, number_count, other_count) VALUES (?, ?, ?, ?, ?)',
    ...address,
    numbers.count,
    others.count,
  )
  return maxOf(numbers.last ?? undefined, others.last ?? undefined)
}

/** Rows up to the step: those of the key that has most of them, which is a time that every row has. */
function countRows(connection: Connection, run: number, keys: readonly LoggedKey[], throughStep: number): number {
  const [fullest] = [...keys].sort((a, b) => b.numberCount + b.otherCount - a.numberCount - a.otherCount)
  if (fullest === undefined) return 0
  const at = { run, streamId, keyId: fullest.keyId }
  if (fullest.numberCount === 0) {
    return connection.get<{ count: number }>(
      'SELECT count(*) AS count FROM row WHERE run = ? AND stream = ? AND key = ? AND step <= ?',
      run,
      streamId,
      fullest.keyId,
      throughStep,
    )!.count
  }
  const heads = connection.all<ChunkHead>(
    `SELECT ${chunkHeadColumns} FROM chunk WHERE run = ? AND stream = ? AND key = ? AND first_step <= ? ORDER BY first_step`,
    run,
    streamId,
    at.keyId,
    throughStep,
  )
  const isPlain = !isMixed(fullest) && heads.every((head, i) => i === 0 || head.first_step > heads[i - 1]!.last_step)
  const last = heads.at(-1)
  if (isPlain && last !== undefined) {
    const before = heads.slice(0, -1).reduce((count, head) => count + head.point_count, 0)
    return before + trimColumn(readChunk(connection, last), Number.NEGATIVE_INFINITY, throughStep).steps.length
  }
  const range = { fromStep: Number.NEGATIVE_INFINITY, toStep: throughStep }
  return readKeyColumn(connection, run, streamId, fullest, [], range).steps.length
}

function putFigures(connection: Connection, run: number, { lineCount, lastStep }: HistoryFigures): void {
  connection.run(
    'UPDATE run SET history_revision = history_revision + 1, history_line_count = ?, last_step = ? WHERE id = ?',
    lineCount,
    lastStep ?? null,
    run,
  )
}

function maxOf(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return Math.max(a, b)
}
