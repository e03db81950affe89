import type { SeriesX } from '@lossline/protocol'
import type { RunRow, Store, Stream } from '@lossline/store'
import { xKey, xOrigin } from '../series/points-query.ts'

/** Where something is on the x axis of a chart; undefined: nowhere. */
export type PlaceOnAxis = (step: number) => Promise<number | undefined>

/** Buckets of one look into a column: four of them find a row among sixteen million. */
const bucketCount = 64

/** Finds where steps of a run are on an axis: at the last value of what is x, up to the step. */
export function createPlaceOnAxis(store: Store, run: RunRow, x: SeriesX, stream: Stream = 'history'): PlaceOnAxis {
  if (x.kind === 'step') return async (step) => step
  const key = xKey(x)
  return async (step) => {
    // Formulas over several metrics would have to be worked out for the whole run.
    if (key === undefined || step < 0) return undefined
    const { last } = await store.buckets({
      run: run.id,
      stream,
      key,
      toStep: step,
      grid: { from: 0, to: step, count: 1 },
    })
    return last[0] === undefined ? undefined : last[0] - xOrigin(x, run)
  }
}

/** When a run logged its first row after a step, as the row says itself, Unix milliseconds; undefined: there is none, or it says no time. */
export async function timeAfterStep(store: Store, run: RunRow, step: number): Promise<number | undefined> {
  const [from, to] = [step + 1, run.lastStep ?? -1]
  if (from > to) return undefined
  const column = { run: run.id, stream: 'history', key: '_timestamp' } as const
  const { first } = await store.buckets({ ...column, fromStep: from, toStep: to, grid: { from, to, count: 1 } })
  return first[0] === undefined ? undefined : first[0] * 1000
}

/** The last step that a run had logged by a time, as its rows say themselves; undefined: none, or they say no time. */
export async function stepAtTime(store: Store, run: RunRow, atMs: number): Promise<number | undefined> {
  const column = { run: run.id, stream: 'history', key: '_timestamp' } as const
  let [from, to] = [0, run.lastStep ?? -1]
  while (from <= to) {
    const found = await store.buckets({ ...column, fromStep: from, toStep: to, grid: { from, to, count: bucketCount } })
    const bucket = found.first.findLastIndex((seconds) => seconds * 1000 <= atMs)
    if (bucket < 0) return undefined
    const [first, last] = [found.firstStep[bucket]!, found.lastStep[bucket]!]
    if (first === last || found.last[bucket]! * 1000 <= atMs) return last
    from = first
    to = last
  }
  return undefined
}
