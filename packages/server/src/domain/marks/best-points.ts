import type { BestPoint, SeriesX } from '@lossline/protocol'
import type { BucketedColumn, RunAddress, RunRow, Store, Stream } from '@lossline/store'
import { inParts } from '../in-parts.ts'
import { createPlaceOnAxis } from './places.ts'

/** Which values of a metric are good. */
export interface BestPointsQuery {
  readonly key: string
  readonly stream: Stream
  readonly goal: 'minimize' | 'maximize'
  readonly x: SeriesX
}

const bucketCount = 64

/** The best point of a metric in each run; undefined for one that is not there or has no finite value. */
export function bestPointsOf(
  store: Store,
  runs: readonly RunAddress[],
  query: BestPointsQuery,
): Promise<readonly (BestPoint | undefined)[]> {
  return inParts(runs, async (at) => {
    const run = await store.run(at)
    const best = run && (await findBest(store, run, query))
    if (!run || !best) return undefined
    return { ...best, x: (await createPlaceOnAxis(store, run, query.x, query.stream)(best.step)) ?? null }
  })
}

/** Looks into ever smaller ranges of steps, each time into the bucket that has the best value: cost does not follow the history. */
async function findBest(
  store: Store,
  run: RunRow,
  { key, stream, goal }: BestPointsQuery,
): Promise<{ readonly step: number; readonly value: number } | undefined> {
  let [from, to] = [0, stream === 'history' ? (run.lastStep ?? -1) : run.eventsLineCount - 1]
  while (from <= to) {
    const range = { fromStep: from, toStep: to, grid: { from, to, count: bucketCount } }
    const found = await store.buckets({ run: run.id, stream, key, ...range })
    const values = goal === 'minimize' ? found.min : found.max
    const bucket = indexOfBest(values, goal)
    if (bucket < 0) return undefined
    const value = values[bucket]!
    const step = stepIn(found, bucket, value)
    if (step !== undefined) return { step, value }
    from = found.firstStep[bucket]!
    to = found.lastStep[bucket]!
  }
  return undefined
}

function indexOfBest(values: Float64Array, goal: BestPointsQuery['goal']): number {
  let best = -1
  values.forEach((value, i) => {
    if (best < 0 || (goal === 'minimize' ? value < values[best]! : value > values[best]!)) best = i
  })
  return best
}

/** The step of a value, where it is known: that of the first value of a bucket, or of the last of two. */
function stepIn(found: BucketedColumn, bucket: number, value: number): number | undefined {
  if (found.first[bucket] === value) return found.firstStep[bucket]
  return found.count[bucket] === 2 ? found.lastStep[bucket] : undefined
}
