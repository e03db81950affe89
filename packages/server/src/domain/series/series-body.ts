import type { BucketSeries, RawSeries, SeriesRequest } from '@lossline/protocol'
import type { RunRow } from '@lossline/store'
import type { Extent } from './grid.ts'

export const none: Float64Array<ArrayBuffer> = new Float64Array()

/** A series without what says whose it is. */
type OfRun = 'runId' | 'revision' | 'hiddenPointCount' | 'extent'
export type SeriesBody = Omit<RawSeries, OfRun> | Omit<BucketSeries, OfRun>

export const emptyRaw: SeriesBody = {
  kind: 'raw',
  pointCount: 0,
  nonFinite: { x: none, value: none },
  x: none,
  y: none,
  smoothed: none,
}

export function rawSeries(x: Float64Array, y: Float64Array, smoothed: Float64Array): SeriesBody {
  return { kind: 'raw', pointCount: x.length, nonFinite: nonFinitePoints(x, y), x, y, smoothed }
}

/** A part of so many points with one more on either side: a line goes through what lies between two points. */
export function withNeighbours(from: number, to: number, length: number): readonly [from: number, to: number] {
  return [Math.max(0, from - 1), Math.min(length, to + 1)]
}

/** NaN and infinities among points. */
export function nonFinitePoints(x: Float64Array, y: Float64Array): { x: Float64Array; value: Float64Array } {
  const indexes: number[] = []
  for (let i = 0; i < y.length; i++) if (!Number.isFinite(y[i]!)) indexes.push(i)
  return { x: Float64Array.from(indexes, (i) => x[i]!), value: Float64Array.from(indexes, (i) => y[i]!) }
}

/** What says whose a series is. */
export function ofRun(
  request: SeriesRequest,
  place: number,
  run: RunRow | undefined,
  extent: Extent,
): Pick<RawSeries, 'runId' | 'revision' | 'extent'> {
  return { runId: request.runIds[place]!, revision: run?.historyRevision ?? 0, extent }
}
