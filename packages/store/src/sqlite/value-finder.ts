import { lowerBound, stringifyNumber, upperBound } from '@lossline/protocol'
import { groupPointCount, type Rollup } from '../history/rollup.ts'
import type { ValueReader } from '../history/value-codec.ts'
import {
  type ChunkPlace,
  listChunkPlaces,
  openChunkValues,
  readChunkSteps,
  readRollup,
  type StepRange,
} from './chunks.ts'
import type { Connection } from './connection.ts'
import type { OpenKey } from './key-places.ts'

/**
 * Looks up values of one key at single steps, best in ascending order: a chunk is read at most once then, and only the part
 * that tells. Good until the store is written to.
 */
export interface ValueFinder {
  has(step: number): boolean
  /** The JSON text that arrived last for a step; undefined where the key has none. */
  find(step: number): string | undefined
  /** A step of the key near another one whose value takes little to read: an end of a rollup's group. */
  cheapStepNear(step: number): number | undefined
}

/** @param range - Of the steps that will be looked up. */
export function openValueFinder(connection: Connection, opened: OpenKey, range: StepRange): ValueFinder {
  const { at, key, tail, rowSteps } = opened
  const places = key.numberCount === 0 ? [] : listChunkPlaces(connection, at, range)
  const firsts = Float64Array.from(places, (place) => place.first_step)
  /** The last step in this chunk or one before it. */
  const lasts = new Float64Array(places.length)
  for (const [index, place] of places.entries()) lasts[index] = Math.max(place.last_step, lasts[index - 1] ?? -Infinity)
  const chunks = new Map<number, OpenChunk>()

  function openPlace(place: ChunkPlace, step: number): OpenChunk {
    const known = chunks.get(place.id)
    if (known !== undefined) return known
    for (const [id, chunk] of chunks) if (chunk.place.last_step < step) chunks.delete(id)
    const chunk = createOpenChunk(connection, place)
    chunks.set(place.id, chunk)
    return chunk
  }

  /** Chunks that may have a step, the newest first. */
  function chunksAround(step: number): OpenChunk[] {
    const found: ChunkPlace[] = []
    for (let index = upperBound(firsts, step) - 1; index >= 0 && lasts[index]! >= step; index--) {
      if (places[index]!.last_step >= step) found.push(places[index]!)
    }
    return found.sort((a, b) => b.id - a.id).map((place) => openPlace(place, step))
  }

  function findRow(step: number): { readonly line: number; readonly json: string } | undefined {
    if (!includes(rowSteps, step)) return undefined
    return connection.get(
      'SELECT line, json FROM row WHERE run = ? AND stream = ? AND key = ? AND step = ?',
      at.run,
      at.streamId,
      at.keyId,
      step,
    )
  }

  return {
    has: (step) =>
      includes(tail.steps, step) || includes(rowSteps, step) || chunksAround(step).some((chunk) => chunk.has(step)),
    find(step) {
      const waiting = lowerBound(tail.steps, step)
      if (tail.steps[waiting] === step) return tail.json(waiting)
      const row = findRow(step)
      for (const chunk of chunksAround(step)) {
        const value = chunk.find(step)
        if (value === undefined) continue
        return row !== undefined && row.line >= chunk.place.line_end ? row.json : stringifyNumber(value)
      }
      return row?.json
    },
    cheapStepNear(step) {
      const place = places[upperBound(firsts, step) - 1]
      return place && openPlace(place, step).cheapStepNear(step)
    },
  }
}

/** One chunk, of which nothing is read that is not asked for. */
interface OpenChunk {
  readonly place: ChunkPlace
  has(step: number): boolean
  find(step: number): number | undefined
  cheapStepNear(step: number): number | undefined
}

function createOpenChunk(connection: Connection, place: ChunkPlace): OpenChunk {
  let steps: Float64Array | undefined
  let values: ValueReader | undefined
  let rollup: Rollup | undefined
  const openRollup = (): Rollup | undefined => (rollup ??= readRollup(connection, place))

  /** Number of the point at a step, or -1. */
  function pointAt(step: number): number {
    if (place.stride === null) {
      steps ??= readChunkSteps(connection, place)
      const point = lowerBound(steps, step)
      return steps[point] === step ? point : -1
    }
    const point = Math.round((step - place.first_step) / place.stride)
    const isPoint = point >= 0 && point < place.point_count && place.first_step + point * place.stride === step
    return isPoint ? point : -1
  }

  /** The value of a point at an end of a group, unless it is one that figures do not tell: NaN, ±Infinity, zero with its sign. */
  function findInRollup(step: number): number | undefined {
    const group = openRollup()?.group(groupBefore(rollup!, step))
    if (group === undefined || group.count < group.pointCount) return undefined
    const value = group.firstStep === step ? group.first : group.lastStep === step ? group.last : 0
    return value === 0 ? undefined : value
  }

  return {
    place,
    has: (step) => pointAt(step) >= 0,
    find(step) {
      if (values === undefined && (place.stride === null || isGroupEnd(pointAt(step), place.point_count))) {
        const value = findInRollup(step)
        if (value !== undefined) return value
      }
      const point = pointAt(step)
      if (point < 0) return undefined
      values ??= openChunkValues(connection, place)
      return values.at(point)
    },
    cheapStepNear(step) {
      if (place.stride !== null) {
        const group = Math.round((step - place.first_step) / place.stride / groupPointCount)
        return place.first_step + Math.min(group * groupPointCount, place.point_count - 1) * place.stride
      }
      const figures = openRollup()
      if (figures === undefined) return undefined
      const before = groupBefore(figures, step)
      const start = figures.group(before).firstStep
      const next = before + 1 < figures.groupCount ? figures.group(before + 1).firstStep : place.last_step
      return step - start <= next - step ? start : next
    },
  }
}

function isGroupEnd(point: number, pointCount: number): boolean {
  return point >= 0 && (point % groupPointCount === 0 || point === pointCount - 1)
}

/** The last group that starts at or before a step; the first one if none does. */
function groupBefore(rollup: Rollup, step: number): number {
  let [low, high] = [0, rollup.groupCount - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (rollup.group(middle).firstStep <= step) low = middle
    else high = middle - 1
  }
  return low
}

function includes(ascending: Float64Array, step: number): boolean {
  return ascending[lowerBound(ascending, step)] === step
}
