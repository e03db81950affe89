import type { SearchParams } from '../address/url-state.ts'
import { keepRunSet } from '../run/run-set.ts'

/** For links to the charts of a run: wall time as their axis, and the crosshair at a time. The list that it was opened from stays. */
export function toChartPlace(params: SearchParams, atMs: number): SearchParams {
  return { ...keepRunSet(params), x: 'wall', at: String(atMs / 1000) }
}

/** Where the crosshair is to stand on wall time, in seconds since 1970; undefined: nowhere. */
export function chartPlaceOf({ at, x }: SearchParams): number | undefined {
  const seconds = at === undefined || at.trim() === '' || x !== 'wall' ? Number.NaN : Number(at)
  return Number.isFinite(seconds) ? seconds : undefined
}
