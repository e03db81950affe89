import type { Series, Smoothing } from '@lossline/protocol'
import { elementCount, type Grid } from '../chart/chart-line.ts'

/** A series as it came, with the grid of the frame that brought it. */
export interface CachedSeries {
  readonly series: Series
  readonly grid: Grid
  /** What it was asked for with. Default: none. */
  readonly smoothing?: Smoothing | undefined
}

/** Series by text key, each at one revision; the least recently used dropped first when they take more than `bytesMax`. */
export interface SeriesCache {
  get(key: string, revision: string): CachedSeries | undefined
  /** Takes the place of any other revision. */
  set(key: string, revision: string, entry: CachedSeries): void
  readonly bytes: number
}

interface Kept {
  readonly revision: string
  readonly entry: CachedSeries
}

/** An empty cache. */
export function createSeriesCache(bytesMax: number): SeriesCache {
  // A Map iterates in order of insertion, so re-inserting on use makes its first entry the one to drop.
  const entries = new Map<string, Kept>()
  let bytes = 0
  const remove = (key: string): void => {
    const kept = entries.get(key)
    if (!kept) return
    entries.delete(key)
    bytes -= seriesBytes(kept.entry.series)
  }
  return {
    get bytes() {
      return bytes
    },
    get(key, revision) {
      const kept = entries.get(key)
      if (kept?.revision !== revision) return undefined
      entries.delete(key)
      entries.set(key, kept)
      return kept.entry
    },
    set(key, revision, entry) {
      remove(key)
      entries.set(key, { revision, entry })
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
  const meanBytes = series.kind === 'buckets' ? series.mean.length * 4 : 0
  return (
    256 + elementCount(series) * elementBytes[series.kind] + smoothedBytes + meanBytes + series.nonFinite.x.length * 16
  )
}
