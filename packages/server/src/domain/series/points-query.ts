import type { SeriesRequest, SeriesX } from '@lossline/protocol'
import type { RunRow } from '@lossline/store'

/** What the points of a run are: y of a key or a formula, over x. */
export interface PointsQuery extends Pick<SeriesRequest, 'key' | 'expression' | 'join' | 'x'> {
  readonly run: RunRow
  readonly stream: 'history' | 'events'
  readonly scale: 'linear' | 'log'
}

/** The points that a request is about, for any run. */
export function pointsOf({
  key,
  expression,
  join,
  x,
  stream,
  scale,
}: Omit<SeriesRequest, 'buckets'>): Omit<PointsQuery, 'run'> {
  return {
    ...(key === undefined ? {} : { key }),
    ...(expression === undefined ? {} : { expression }),
    ...(join === undefined ? {} : { join }),
    x,
    stream: stream ?? 'history',
    scale: scale ?? 'linear',
  }
}

/** The key whose values are x; undefined where x is the step or a formula. */
export function xKey(x: SeriesX): string | undefined {
  switch (x.kind) {
    case 'step':
    case 'expression':
      return undefined
    case 'relative':
      return '_runtime'
    case 'wall':
    case 'relative-wall':
      return '_timestamp'
    case 'metric':
      return x.key
  }
}

/** What is taken from the values of {@link xKey} for x: of the time since a run was created, when that was, in seconds. */
export function xOrigin(x: SeriesX, run: Pick<RunRow, 'createdAtMs'>): number {
  return x.kind === 'relative-wall' ? run.createdAtMs / 1000 : 0
}

/** The values of {@link xKey} as x. */
export function toXValues(x: SeriesX, run: Pick<RunRow, 'createdAtMs'>, values: Float64Array): Float64Array {
  const origin = xOrigin(x, run)
  return origin === 0 ? values : values.map((value) => value - origin)
}
