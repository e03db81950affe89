import { lowerBound, upperBound } from '@lossline/protocol'
import { encodeRollup, groupPointCount, openRollup, type Rollup, summarise } from '../history/rollup.ts'
import { decodeSteps, type EncodedSteps, encodeSteps } from '../history/step-codec.ts'
import { encodeValues, openValues, type ValueReader } from '../history/value-codec.ts'
import type { Column } from '../store.ts'
import type { Connection } from './connection.ts'
import { corruptError } from './sqlite-errors.ts'

/** Most points of one chunk. */
export const chunkPointCountMax = 4096

/** One key of one stream of one run, as numbers of the tables. */
export interface SeriesAddress {
  readonly run: number
  readonly streamId: number
  readonly keyId: number
}

/** A closed range of steps. */
export interface StepRange {
  readonly fromStep: number
  readonly toStep: number
}

/** What is known of a chunk without reading its points. */
export interface ChunkHead {
  readonly id: number
  readonly first_step: number
  readonly last_step: number
  readonly point_count: number
  readonly finite_count: number
  /** All lines below this number had been compacted when the chunk was written. */
  readonly line_end: number
  readonly first: number | null
  readonly min: number | null
  readonly max: number | null
  readonly last: number | null
  readonly sum: number | null
  /** Distance between neighbours; null when the steps are uneven. */
  readonly stride: number | null
}

export const chunkHeadColumns =
  'id, first_step, last_step, point_count, finite_count, line_end, first, min, max, last, sum, stride'

/** Heads of the chunks that may have points in [`fromStep`, `toStep`], by first step. */
export function listChunkHeads(
  connection: Connection,
  at: SeriesAddress,
  fromStep: number,
  toStep: number,
): ChunkHead[] {
  return connection.all<ChunkHead>(
    `SELECT ${chunkHeadColumns}
     FROM chunk WHERE run = ? AND stream = ? AND key = ? AND first_step <= ? AND last_step >= ? ORDER BY first_step, id`,
    at.run,
    at.streamId,
    at.keyId,
    toStep,
    fromStep,
  )
}

/** Where a chunk is and what it takes to find a point in it: the least of a {@link ChunkHead} that is worth reading of many. */
export interface ChunkPlace
  extends Pick<ChunkHead, 'id' | 'first_step' | 'last_step' | 'point_count' | 'line_end' | 'stride'> {
  /** 1: uneven steps, all of them integers. */
  readonly is_whole: 0 | 1
}

/** Places of the chunks that may have points in a range, by first step. */
export function listChunkPlaces(connection: Connection, at: SeriesAddress, range: StepRange): ChunkPlace[] {
  // Integers take at most eight bytes each, other steps eight and one for all: the length tells without a look at them.
  return connection.all<ChunkPlace>(
    `SELECT id, first_step, last_step, point_count, line_end, stride, coalesce(length(steps) < 8 * point_count, 0) AS is_whole
     FROM chunk WHERE run = ? AND stream = ? AND key = ? AND first_step <= ? AND last_step >= ? ORDER BY first_step, id`,
    at.run,
    at.streamId,
    at.keyId,
    range.toStep,
    range.fromStep,
  )
}

/** The points of a chunk, decoded as far as they are asked for. */
export interface ChunkReader {
  readonly steps: Float64Array
  readonly values: ValueReader
}

interface ChunkBody {
  readonly value_form: number
  readonly steps: Uint8Array | null
  readonly points: Uint8Array
}

/** @throws {@link StoreError} `corrupt`. */
export function openChunk(connection: Connection, place: ChunkAddress): ChunkReader {
  const body = connection.get<ChunkBody>('SELECT value_form, steps, points FROM chunk WHERE id = ?', place.id)
  return decoded(place, body, (found) => ({ steps: toSteps(place, found.steps), values: toValues(place, found) }))
}

/** The values of a chunk alone. @throws {@link StoreError} `corrupt`. */
export function openChunkValues(connection: Connection, place: ChunkAddress): ValueReader {
  const body = connection.get<ChunkBody>('SELECT value_form, points FROM chunk WHERE id = ?', place.id)
  return decoded(place, body, (found) => toValues(place, found))
}

/** The steps of a chunk alone. @throws {@link StoreError} `corrupt`. */
export function readChunkSteps(connection: Connection, place: ChunkAddress): Float64Array {
  const body = connection.get<Pick<ChunkBody, 'steps'>>('SELECT steps FROM chunk WHERE id = ?', place.id)
  return decoded(place, body, (found) => toSteps(place, found.steps))
}

type ChunkAddress = Pick<ChunkHead, 'id' | 'first_step' | 'point_count' | 'stride'>

function decoded<Body, T>({ id }: ChunkAddress, body: Body | undefined, decode: (body: Body) => T): T {
  try {
    if (body === undefined) throw new RangeError('The chunk is gone.')
    return decode(body)
  } catch (cause) {
    throw corruptError(`chunk ${id}`, cause)
  }
}

function toSteps({ first_step, point_count, stride }: ChunkAddress, bytes: Uint8Array | null): Float64Array {
  const steps: EncodedSteps = bytes === null ? { kind: 'strided', stride: stride ?? 1 } : { kind: 'uneven', bytes }
  return decodeSteps(steps, first_step, point_count)
}

function toValues({ point_count }: ChunkAddress, { value_form, points }: Omit<ChunkBody, 'steps'>): ValueReader {
  return openValues({ form: value_form, bytes: points }, point_count)
}

/** The points of a chunk, or those of a range. @throws {@link StoreError} `corrupt`. */
export function readChunk(connection: Connection, head: ChunkHead, range?: StepRange): Column {
  const { steps, values } = openChunk(connection, head)
  if (range === undefined || (head.first_step >= range.fromStep && head.last_step <= range.toStep)) {
    return { steps, values: values.slice(0, head.point_count) }
  }
  const from = lowerBound(steps, range.fromStep)
  const to = upperBound(steps, range.toStep)
  return { steps: steps.subarray(from, to), values: values.slice(from, to) }
}

/** The rollup of a chunk; undefined when it is too short to have one. @throws {@link StoreError} `corrupt`. */
export function readRollup(connection: Connection, head: ChunkAddress): Rollup | undefined {
  if (head.point_count <= groupPointCount) return undefined
  const found = connection.get<{ figures: Uint8Array }>('SELECT figures FROM rollup WHERE chunk = ?', head.id)
  try {
    if (found === undefined) throw new RangeError('The rollup is gone.')
    return openRollup(found.figures, {
      pointCount: head.point_count,
      firstStep: head.first_step,
      stride: head.stride ?? undefined,
    })
  } catch (cause) {
    throw corruptError(`the rollup of chunk ${head.id}`, cause)
  }
}

/** Writes a column as chunks with their rollups. Within a transaction. */
export function writeChunks(connection: Connection, at: SeriesAddress, column: Column, lineEnd: number): void {
  for (let from = 0; from < column.steps.length; from += chunkPointCountMax) {
    const steps = column.steps.subarray(from, from + chunkPointCountMax)
    const values = column.values.subarray(from, from + chunkPointCountMax)
    writeChunk(connection, at, { steps, values }, lineEnd)
  }
}

function writeChunk(connection: Connection, at: SeriesAddress, { steps, values }: Column, lineEnd: number): void {
  const summary = summarise(steps, values, 0, steps.length)
  const encodedSteps = encodeSteps(steps)
  const encodedValues = encodeValues(values)
  connection.run(
    `INSERT INTO chunk (run, stream, key, first_step, last_step, point_count, finite_count, line_end,
       first, min, max, last, sum, stride, value_form, steps, points)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    at.run,
    at.streamId,
    at.keyId,
    summary.firstStep,
    summary.lastStep,
    summary.pointCount,
    summary.count,
    lineEnd,
    summary.first,
    summary.min,
    summary.max,
    summary.last,
    summary.sum,
    encodedSteps.kind === 'strided' ? encodedSteps.stride : null,
    encodedValues.form,
    encodedSteps.kind === 'uneven' ? encodedSteps.bytes : null,
    encodedValues.bytes,
  )
  if (steps.length <= groupPointCount) return
  // last_insert_rowid() is the chunk's: nothing else was inserted in between.
  connection.run(
    'INSERT INTO rollup (chunk, figures) VALUES (last_insert_rowid(), ?)',
    encodeRollup(steps, values, encodedSteps.kind === 'strided'),
  )
}

/** Removes a chunk and its rollup. Within a transaction. */
export function deleteChunk(connection: Connection, id: number): void {
  connection.run('DELETE FROM rollup WHERE chunk = ?', id)
  connection.run('DELETE FROM chunk WHERE id = ?', id)
}
