import { createSmoother, type SmoothedPoints, type Smoothing } from '@lossline/protocol'
import type { CachedSeries } from '../../api/series-cache.ts'

/**
 * A series that came with another smoothing, smoothed by what has come of it: by its points where every one of them is here, else by
 * the means of its buckets. What lies before the range that was asked for plays no part, which the server knows better.
 *
 * @param range - What a time-weighted weight refers to, in units of x; undefined if it is not known.
 * @returns undefined where that cannot be done: of groups, whose runs are not here, and of buckets that came without means.
 */
export function previewSmoothing(
  entry: CachedSeries,
  smoothing: Smoothing,
  range: number | undefined,
): CachedSeries | undefined {
  const { series } = entry
  if (series.kind === 'group') return undefined
  const points = series.kind === 'raw' ? series : bucketMeans(series)
  const referenceRange = (smoothing.kind === 'time-weighted-ema' ? smoothing.range : undefined) ?? range
  if (!points || (smoothing.kind === 'time-weighted-ema' && referenceRange === undefined)) return undefined
  const smooth = createSmoother(points, smoothing, referenceRange ?? 1)
  const smoothed = smooth?.(Uint32Array.from(points.x.keys())) ?? new Float64Array()
  return { ...entry, series: { ...series, smoothed }, smoothing }
}

function bucketMeans({
  lastX,
  mean,
  count,
}: {
  lastX: Float64Array
  mean: Float32Array
  count: Uint32Array
}): SmoothedPoints | undefined {
  return mean.length === lastX.length ? { x: lastX, y: Float64Array.from(mean), count } : undefined
}
