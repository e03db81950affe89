import { bucketColumn } from '../history/bucket-column.ts'
import { joinSeries, mergeSeries, trimColumn } from '../history/merge-series.ts'
import type { BucketedColumn, BucketQuery, Column, ColumnQuery, JoinedColumnsQuery } from '../store.ts'
import { bucketChunks } from './bucket-chunks.ts'
import { numbersOf, readStoredCells, readTailCells, resolveCells } from './cells.ts'
import { listChunkHeads, readChunk, type SeriesAddress, type StepRange } from './chunks.ts'
import type { Connection } from './connection.ts'
import { narrowToNumbers } from './narrow-range.ts'
import { streamIds } from './run-reader.ts'
import { readTails, type Tail, tailColumns } from './tails.ts'
import { wholeColumn, withWholeTexts } from './whole-text.ts'

/** A key that a run has logged in a stream. */
export interface LoggedKey {
  readonly keyId: number
  readonly name: string
  readonly numberCount: number
  readonly otherCount: number
}

/** @param names - Default: all keys of the run. */
export function listLoggedKeys(
  connection: Connection,
  run: number,
  streamId: number,
  names?: readonly string[],
): LoggedKey[] {
  const columns = `key.id AS keyId, ${wholeColumn('key.name', 'name')}, number_count AS numberCount, other_count AS otherCount`
  const whole = (key: LoggedKey): LoggedKey => withWholeTexts(key, ['name'])
  const sql = `SELECT ${columns} FROM run_key JOIN key ON key.id = run_key.key WHERE run = ? AND stream = ?`
  if (names === undefined) return connection.all<LoggedKey>(`${sql} ORDER BY key.name`, run, streamId).map(whole)
  const select = `SELECT ${columns} FROM key JOIN run ON run.project_id = key.project_id AND run.id = ?1
    JOIN run_key ON run_key.run = ?1 AND run_key.stream = ?2 AND run_key.key = key.id WHERE key.name = ?3`
  return [...new Set(names)].flatMap((name) => connection.all<LoggedKey>(select, run, streamId, name).map(whole))
}

export function readColumn(connection: Connection, query: ColumnQuery & { readonly limit?: number }): Column {
  const { limit } = query
  if (limit === undefined) return readColumns(connection, query, [query.key])[0]!
  const streamId = streamIds[query.stream ?? 'history']
  const [key] = listLoggedKeys(connection, query.run, streamId, [query.key])
  if (key === undefined) return emptyColumn()
  const at = { run: query.run, streamId, keyId: key.keyId }
  // Of a mixed key some points of a chunk may not count any more.
  const range = isMixed(key)
    ? stepRange(query)
    : narrowToNumbers(connection, at, stepRange(query), { end: 'first', limit })
  const tails = readTails(connection, query.run, streamId)
  const { steps, values } = readKeyColumn(connection, query.run, streamId, key, tails, range)
  return { steps: steps.slice(0, limit), values: values.slice(0, limit) }
}

export function readJoinedColumns(
  connection: Connection,
  query: JoinedColumnsQuery,
): { steps: Float64Array; columns: Float64Array[] } {
  return joinSeries(readColumns(connection, query, query.keys))
}

export function readBuckets(connection: Connection, query: BucketQuery): BucketedColumn {
  const { fromStep, toStep } = stepRange(query)
  const range = { fromStep: Math.max(fromStep, query.grid.from), toStep: Math.min(toStep, query.grid.to) }
  const streamId = streamIds[query.stream ?? 'history']
  const [key] = listLoggedKeys(connection, query.run, streamId, [query.key])
  const tails = key ? readTails(connection, query.run, streamId) : []
  if (key === undefined || isMixed(key)) {
    return bucketColumn(
      key ? readKeyColumn(connection, query.run, streamId, key, tails, range) : emptyColumn(),
      query.grid,
    )
  }
  const at = { run: query.run, streamId, keyId: key.keyId }
  return bucketChunks(connection, at, mergeSeries(tailColumns(tails, key.keyId)), query.grid, range)
}

export function stepRange(query: { readonly fromStep?: number; readonly toStep?: number }): StepRange {
  return { fromStep: query.fromStep ?? Number.NEGATIVE_INFINITY, toStep: query.toStep ?? Number.POSITIVE_INFINITY }
}

/** The numbers of one key in range, merged over chunks and tails. */
export function readKeyColumn(
  connection: Connection,
  run: number,
  streamId: number,
  key: LoggedKey,
  tails: readonly Tail[],
  range: StepRange,
): Column {
  const at: SeriesAddress = { run, streamId, keyId: key.keyId }
  const heads = listChunkHeads(connection, at, range.fromStep, range.toStep)
  if (isMixed(key)) {
    const cells = resolveCells([...readStoredCells(connection, at, heads, range), ...readTailCells(tails, key.keyId)])
    return copyOf(trimColumn(numbersOf(cells), range.fromStep, range.toStep))
  }
  const inOrderOfArrival = [...heads].sort((a, b) => a.id - b.id)
  const parts = [
    ...inOrderOfArrival.map((head) => readChunk(connection, head, range)),
    ...tailColumns(tails, key.keyId),
  ]
  const column = mergeSeries(parts)
  const trimmed = trimColumn(column, range.fromStep, range.toStep)
  return trimmed.steps.length === column.steps.length ? column : copyOf(trimmed)
}

export function isMixed(key: LoggedKey): boolean {
  return key.numberCount > 0 && key.otherCount > 0
}

function readColumns(connection: Connection, query: Omit<ColumnQuery, 'key'>, names: readonly string[]): Column[] {
  const streamId = streamIds[query.stream ?? 'history']
  const keys = new Map(listLoggedKeys(connection, query.run, streamId, names).map((key) => [key.name, key]))
  const tails = keys.size > 0 ? readTails(connection, query.run, streamId) : []
  const range = stepRange(query)
  return names.map((name) => {
    const key = keys.get(name)
    return key === undefined ? emptyColumn() : readKeyColumn(connection, query.run, streamId, key, tails, range)
  })
}

/** So that a caller who keeps a few points does not keep the whole series in memory. */
function copyOf(column: Column): Column {
  return { steps: column.steps.slice(), values: column.values.slice() }
}

function emptyColumn(): Column {
  return { steps: new Float64Array(0), values: new Float64Array(0) }
}
