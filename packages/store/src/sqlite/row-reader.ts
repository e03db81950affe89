import type { HistoryRow, RowQuery } from '../store.ts'
import { type Cell, readRowCells, readStoredCells, readTailCells, resolveCells } from './cells.ts'
import { type ChunkHead, listChunkHeads, type StepRange } from './chunks.ts'
import type { Connection } from './connection.ts'
import { isMixed, type LoggedKey, listLoggedKeys, readKeyColumn, stepRange } from './history-reader.ts'
import { streamIds } from './run-reader.ts'
import { readTails, type Tail } from './tails.ts'

export function readRows(connection: Connection, query: RowQuery): HistoryRow[] {
  const streamId = streamIds[query.stream ?? 'history']
  const keys = listLoggedKeys(connection, query.run, streamId, query.keys)
  const tails = readTails(connection, query.run, streamId)
  const range = narrowRange(connection, query, streamId, keys)

  const rows = new Map<number, Map<string, string>>()
  const put = (step: number, name: string, json: string): void => {
    const row = rows.get(step)
    if (row === undefined) rows.set(step, new Map([[name, json]]))
    else row.set(name, json)
  }
  for (const key of keys) {
    if (key.otherCount === 0) {
      const { steps, values } = readKeyColumn(connection, query.run, streamId, key, tails, range)
      for (const [point, step] of steps.entries()) put(step, key.name, formatNumber(values[point]!))
      continue
    }
    for (const { step, value } of readCells(connection, query.run, streamId, key, tails, range)) {
      put(step, key.name, typeof value === 'number' ? formatNumber(value) : value)
    }
  }
  const steps = [...rows.keys()].sort((a, b) => a - b)
  const limit = query.limit ?? steps.length
  const chosen = query.fromEnd ? steps.slice(Math.max(0, steps.length - limit)) : steps.slice(0, limit)
  return chosen.map((step) => ({ step, values: rows.get(step)! }))
}

/** A number in W&B's JSON dialect. */
function formatNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** The cells of a key in range, one a step. */
export function readCells(
  connection: Connection,
  run: number,
  streamId: number,
  key: LoggedKey,
  tails: readonly Tail[],
  { fromStep, toStep }: StepRange,
): Cell[] {
  const at = { run, streamId, keyId: key.keyId }
  const stored = isMixed(key)
    ? readStoredCells(connection, at, listChunkHeads(connection, at, fromStep, toStep))
    : readRowCells(connection, at, { fromStep, toStep })
  const isInRange = ({ step }: Cell): boolean => step >= fromStep && step <= toStep
  return resolveCells([...stored, ...readTailCells(tails, key.keyId)].filter(isInRange))
}

/**
 * With a limit, the end of the range comes nearer: each key with `limit` steps of its own up to some step shows that the
 * answer ends there or before. Only heads are looked at, so the result may be wider than needed, never narrower.
 */
function narrowRange(connection: Connection, query: RowQuery, streamId: number, keys: readonly LoggedKey[]): StepRange {
  const range = stepRange(query)
  const { limit } = query
  if (limit === undefined) return range
  let { fromStep, toStep } = range
  for (const key of keys) {
    const at = { run: query.run, streamId, keyId: key.keyId }
    const heads = listChunkHeads(connection, at, range.fromStep, range.toStep)
    const inRange = heads.filter((head) => head.first_step >= range.fromStep && head.last_step <= range.toStep)
    if (query.fromEnd) fromStep = Math.max(fromStep, startOfLast(inRange, limit) ?? fromStep)
    else toStep = Math.min(toStep, endOfFirst(inRange, limit) ?? toStep)
  }
  return { fromStep, toStep }
}

/** A step up to which the chunks have at least `limit` different steps; undefined when that cannot be told. */
function endOfFirst(heads: readonly ChunkHead[], limit: number): number | undefined {
  let count = 0
  let end = Number.NEGATIVE_INFINITY
  for (const head of heads) {
    // A chunk that shares steps with those before adds an unknown number: not counted.
    if (head.first_step <= end) continue
    count += head.point_count
    end = head.last_step
    if (count >= limit) return end
  }
  return undefined
}

/** A step from which on the chunks have at least `limit` different steps. */
function startOfLast(heads: readonly ChunkHead[], limit: number): number | undefined {
  let count = 0
  let start = Number.POSITIVE_INFINITY
  for (const head of [...heads].sort((a, b) => b.last_step - a.last_step)) {
    if (head.last_step >= start) continue
    count += head.point_count
    start = head.first_step
    if (count >= limit) return start
  }
  return undefined
}
