import { lowerBound } from '@lossline/protocol'
import {
  type BucketAccumulator,
  bucketIndex,
  createBucketAccumulator,
  type PointsSummary,
} from '../history/bucket-column.ts'
import { mergeSeries, trimColumn } from '../history/merge-series.ts'
import { type GroupSummary, groupCountOf, groupPointCount } from '../history/rollup.ts'
import type { BucketedColumn, BucketGrid, Column } from '../store.ts'
import {
  type ChunkHead,
  type ChunkReader,
  listChunkHeads,
  openChunk,
  readChunk,
  readRollup,
  type SeriesAddress,
  type StepRange,
} from './chunks.ts'
import type { Connection } from './connection.ts'

/**
 * Buckets a purely numeric series and reads as little as it can: a chunk that lies in one bucket costs its head, a group of
 * 64 points in one bucket its rollup entry, and only groups across a border are decoded. Chunks that share steps with other
 * chunks or with the tail are merged point by point first.
 *
 * @param tail - The series' points that are not compacted, merged.
 */
export function bucketChunks(
  connection: Connection,
  at: SeriesAddress,
  tail: Column,
  grid: BucketGrid,
  range: StepRange,
): BucketedColumn {
  const accumulator = createBucketAccumulator(grid)
  const context: BucketContext = { connection, grid, range, accumulator }
  let tailCursor = lowerBound(tail.steps, range.fromStep)
  const addTailBefore = (step: number): void => {
    for (; tailCursor < tail.steps.length && tail.steps[tailCursor]! < step; tailCursor++) {
      addPoint(context, tail.steps[tailCursor]!, tail.values[tailCursor]!)
    }
  }

  for (const cluster of clusterHeads(listChunkHeads(connection, at, range.fromStep, range.toStep))) {
    addTailBefore(cluster.firstStep)
    const overlap = trimColumn(tail, cluster.firstStep, cluster.lastStep)
    const [head] = cluster.heads
    if (cluster.heads.length === 1 && head !== undefined && overlap.steps.length === 0) {
      addChunk(context, head)
    } else {
      const inOrderOfArrival = [...cluster.heads].sort((a, b) => a.id - b.id)
      addColumn(context, mergeSeries([...inOrderOfArrival.map((one) => readChunk(connection, one)), overlap]))
      tailCursor = Math.max(tailCursor, lowerBound(tail.steps, cluster.firstStep) + overlap.steps.length)
    }
  }
  addTailBefore(Number.POSITIVE_INFINITY)
  return accumulator.finish()
}

interface BucketContext {
  readonly connection: Connection
  readonly grid: BucketGrid
  readonly range: StepRange
  readonly accumulator: BucketAccumulator
}

/** Chunks whose ranges of steps touch, directly or through others. */
interface Cluster {
  readonly heads: ChunkHead[]
  readonly firstStep: number
  lastStep: number
}

/** @param heads - By first step. */
function clusterHeads(heads: readonly ChunkHead[]): Cluster[] {
  const clusters: Cluster[] = []
  for (const head of heads) {
    const cluster = clusters.at(-1)
    if (cluster === undefined || head.first_step > cluster.lastStep) {
      clusters.push({ heads: [head], firstStep: head.first_step, lastStep: head.last_step })
    } else {
      cluster.heads.push(head)
      cluster.lastStep = Math.max(cluster.lastStep, head.last_step)
    }
  }
  return clusters
}

function addChunk(context: BucketContext, head: ChunkHead): void {
  const whole = toSummary(head)
  if (whole !== undefined && addWhole(context, whole)) return
  // With a border in most groups nearly all would be decoded anyway, and one by one that takes several times as long.
  const rollup =
    bordersIn(context, head) < groupCountOf(head.point_count) ? readRollup(context.connection, head) : undefined
  if (rollup === undefined) {
    addColumn(context, readChunk(context.connection, head))
    return
  }
  let chunk: ChunkReader | undefined
  for (let index = 0; index < rollup.groupCount; index++) {
    const group = rollup.group(index)
    if (group.lastStep < context.range.fromStep || group.firstStep > context.range.toStep) continue
    if (addWhole(context, group)) continue
    chunk ??= openChunk(context.connection, head)
    const from = index * groupPointCount
    const to = from + group.pointCount
    addColumn(context, { steps: chunk.steps.subarray(from, to), values: chunk.values.slice(from, to) })
  }
}

/** How many borders of buckets lie within the part of a chunk that is in range. */
function bordersIn({ grid, range }: BucketContext, head: ChunkHead): number {
  const [from, to] = [Math.max(head.first_step, range.fromStep), Math.min(head.last_step, range.toStep)]
  return bucketIndex(to, grid) - bucketIndex(from, grid)
}

/** Adds points that all lie in range and in one bucket and are finite, else answers false. */
function addWhole({ grid, range, accumulator }: BucketContext, summary: GroupSummary): boolean {
  if (summary.count !== summary.pointCount) return false
  if (summary.firstStep < range.fromStep || summary.lastStep > range.toStep) return false
  const bucket = bucketIndex(summary.firstStep, grid)
  if (bucket < 0 || bucketIndex(summary.lastStep, grid) !== bucket) return false
  accumulator.addSummary(bucket, summary)
  return true
}

function addColumn(context: BucketContext, column: Column): void {
  const { steps, values } = trimColumn(column, context.range.fromStep, context.range.toStep)
  for (let point = 0; point < steps.length; point++) context.accumulator.addPoint(steps[point]!, values[point]!)
}

function addPoint({ range, accumulator }: BucketContext, step: number, value: number): void {
  if (step >= range.fromStep && step <= range.toStep) accumulator.addPoint(step, value)
}

/** The head's figures, when they stand for every point of the chunk. */
function toSummary(head: ChunkHead): GroupSummary | undefined {
  const { first, min, max, last, sum } = head
  if (first === null || min === null || max === null || last === null || sum === null) return undefined
  const figures: PointsSummary = {
    count: head.finite_count,
    first,
    min,
    max,
    last,
    sum,
    firstStep: head.first_step,
    lastStep: head.last_step,
  }
  return { ...figures, pointCount: head.point_count }
}
