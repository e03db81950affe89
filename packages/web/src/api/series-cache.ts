import type { Series } from '@lossline/protocol'
import { elementCount, type Grid } from '../chart/chart-line.ts'

/** A series as it came, with the grid of the frame that brought it. */
export interface CachedSeries {
  readonly series: Series
  readonly grid: Grid
}

/** Series by text key, the least recently used dropped first when they take more than `bytesMax`. */
export interface SeriesCache {
  get(key: string): CachedSeries | undefined
  set(key: string, entry: CachedSeries): void
  readonly bytes: number
}

/** An empty cache. */
export function createSeriesCache(bytesMax: number): SeriesCache {
  // A Map iterates in order of insertion, so re-inserting on use makes its first entry the one to drop.
  const entries = new Map<string, CachedSeries>()
  let bytes = 0
  const remove = (key: string): void => {
    const entry = entries.get(key)
    if (!entry) return
    entries.delete(key)
    bytes -= seriesBytes(entry.series)
  }
  return {
    get bytes() {
      return bytes
    },
    get(key) {
      const entry = entries.get(key)
      if (entry) {
        entries.delete(key)
        entries.set(key, entry)
      }
      return entry
    },
    set(key, entry) {
      remove(key)
      entries.set(key, entry)
      bytes += seriesBytes(entry.series)
      for (const oldest of entries.keys()) {
        if (bytes <= bytesMax || oldest === key) break
        remove(oldest)
      }
    },
  }
}

const elementBytes: Readonly<Record<Series['kind'], number>> = { raw: 16, buckets: 36, group: 40 }

function seriesBytes(series: Series): number {
  const smoothedBytes = series.kind === 'group' ? 0 : series.smoothed.length * 8
  return 256 + elementCount(series) * elementBytes[series.kind] + smoothedBytes + series.nonFinite.x.length * 16
}
