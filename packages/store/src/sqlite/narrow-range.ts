import { type ChunkHead, chunkHeadColumns, chunkPointCountMax, type SeriesAddress, type StepRange } from './chunks.ts'
import type { Connection } from './connection.ts'

/** Which end of a range is wanted. */
export type RangeEnd = 'first' | 'last'

/**
 * Brings the far end of a range nearer, so that it still holds the `limit` first (or last) steps of a key. Only heads are looked
 * at, and no more of them than it takes: the result may be wider than needed, never narrower.
 */
export function narrowToNumbers(
  connection: Connection,
  at: SeriesAddress,
  range: StepRange,
  { end, limit }: { readonly end: RangeEnd; readonly limit: number },
): StepRange {
  for (let headCount = Math.ceil(limit / chunkPointCountMax) + 2; ; headCount *= 4) {
    const heads = listHeads(connection, at, range, end, headCount)
    const bound = end === 'first' ? endOfFirst(heads, range, limit) : startOfLast(heads, range, limit)
    if (bound !== undefined) return end === 'first' ? { ...range, toStep: bound } : { ...range, fromStep: bound }
    if (heads.length < headCount) return range
  }
}

/** The same by the compacted values of a key that are no numbers. */
export function narrowToOthers(
  connection: Connection,
  at: SeriesAddress,
  range: StepRange,
  { end, limit }: { readonly end: RangeEnd; readonly limit: number },
): StepRange {
  if (limit < 1) return range
  const found = connection.get<{ step: number }>(
    `SELECT step FROM row WHERE run = ? AND stream = ? AND key = ? AND step BETWEEN ? AND ?
     ORDER BY step ${end === 'first' ? 'ASC' : 'DESC'} LIMIT 1 OFFSET ?`,
    at.run,
    at.streamId,
    at.keyId,
    range.fromStep,
    range.toStep,
    limit - 1,
  )
  if (found === undefined) return range
  return end === 'first' ? { ...range, toStep: found.step } : { ...range, fromStep: found.step }
}

function listHeads(
  connection: Connection,
  at: SeriesAddress,
  range: StepRange,
  end: RangeEnd,
  headCount: number,
): ChunkHead[] {
  return connection.all<ChunkHead>(
    `SELECT ${chunkHeadColumns} FROM chunk
     WHERE run = ? AND stream = ? AND key = ? AND first_step <= ? AND last_step >= ?
     ORDER BY first_step ${end === 'first' ? 'ASC' : 'DESC'} LIMIT ?`,
    at.run,
    at.streamId,
    at.keyId,
    range.toStep,
    range.fromStep,
    headCount,
  )
}

/** A step up to which the chunks have at least `limit` different steps; undefined when that cannot be told. */
function endOfFirst(heads: readonly ChunkHead[], range: StepRange, limit: number): number | undefined {
  let count = 0
  let end = Number.NEGATIVE_INFINITY
  for (const head of heads) {
    // A chunk that shares steps with those before adds an unknown number: not counted.
    if (head.first_step <= end || head.last_step > range.toStep) continue
    count += countFrom(head, range.fromStep)
    end = head.last_step
    if (count >= limit) return end
  }
  return undefined
}

/** A step from which on the chunks have at least `limit` different steps. */
function startOfLast(heads: readonly ChunkHead[], range: StepRange, limit: number): number | undefined {
  let count = 0
  let start = Number.POSITIVE_INFINITY
  for (const head of [...heads].sort((a, b) => b.last_step - a.last_step)) {
    if (head.last_step >= start || head.first_step < range.fromStep) continue
    count += countTo(head, range.toStep)
    start = head.first_step
    if (count >= limit) return start
  }
  return undefined
}

/** Points of a chunk from a step on, at least: of uneven steps only the last one is known. */
function countFrom(head: ChunkHead, step: number): number {
  if (step <= head.first_step) return head.point_count
  return hasWholeSteps(head) ? Math.floor((head.last_step - step) / head.stride) + 1 : 1
}

function countTo(head: ChunkHead, step: number): number {
  if (step >= head.last_step) return head.point_count
  return hasWholeSteps(head) ? Math.floor((step - head.first_step) / head.stride) + 1 : 1
}

/** Then a division by the stride is not rounded upwards. */
function hasWholeSteps(head: ChunkHead): head is ChunkHead & { readonly stride: number } {
  return Number.isSafeInteger(head.stride) && Number.isSafeInteger(head.first_step)
}
