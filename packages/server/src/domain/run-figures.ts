import type { RunAddress, Store, Stream } from '@lossline/store'
import { inParts } from './in-parts.ts'

/** Of the finite values of a metric. */
export interface RunFigures {
  readonly count: number
  readonly first: number
  readonly last: number
  readonly min: number
  readonly max: number
  readonly mean: number
}

/** All steps that there can be. */
const everyStep = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, count: 1 }

/** What all values of a metric come to in each of some runs; undefined for one that is not there or has none. */
export function figuresOfRuns(
  store: Store,
  runs: readonly RunAddress[],
  metric: { readonly key: string; readonly stream: Stream },
): Promise<readonly (RunFigures | undefined)[]> {
  return inParts(runs, async (at) => {
    const run = await store.run(at)
    return run && figuresOfRun(store, run.id, metric)
  })
}

/** The same of one run. @param run - Its storage id. */
export async function figuresOfRun(
  store: Pick<Store, 'buckets'>,
  run: number,
  metric: { readonly key: string; readonly stream: Stream },
): Promise<RunFigures | undefined> {
  const { count, first, last, min, max, sum } = await store.buckets({ run, ...metric, grid: everyStep })
  const [n] = count
  if (n === undefined) return undefined
  return { count: n, first: first[0]!, last: last[0]!, min: min[0]!, max: max[0]!, mean: sum[0]! / n }
}
