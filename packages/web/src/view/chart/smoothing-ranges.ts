import type { SeriesRequest, SeriesX } from '@lossline/protocol'
import { xIdOf } from '../address/url-state.ts'
import { createValueStore, type ValueStore } from '../address/value-store.ts'

/** What time-weighted smoothing refers to, by project and axis, as far as the server has said it. */
export interface SmoothingRanges {
  readonly store: ValueStore<ReadonlyMap<string, number>>
  /** What came with an answer. A range that somebody has fixed says nothing. */
  note(request: Pick<SeriesRequest, 'entity' | 'project' | 'x' | 'smoothing'>, range: number): void
}

/** Nothing is known yet. */
export function createSmoothingRanges(): SmoothingRanges {
  const store = createValueStore<ReadonlyMap<string, number>>(new Map())
  return {
    store,
    note(request, range) {
      const { smoothing, x } = request
      if (smoothing?.kind !== 'time-weighted-ema' || smoothing.range !== undefined) return
      const key = rangeKey(request, x)
      if (store.get().get(key) !== range) store.set(new Map(store.get()).set(key, range))
    },
  }
}

/** Where the range of an axis stands in {@link SmoothingRanges}. */
export function rangeKey({ entity, project }: Pick<SeriesRequest, 'entity' | 'project'>, x: SeriesX): string {
  return JSON.stringify([entity, project, xIdOf(x)])
}
