import { loggedSeriesLimits, type SeriesRequest } from './series-api.ts'

/** What one `POST /api/series/batch` may come to: some 15 MB of answers. What is more goes into several, or alone. */
export const seriesBatchLimits = {
  /** Requests in it. */
  requestCount: 100,
  /** Runs that they read together, see {@link seriesRequestCost}. */
  subjectCount: 8000,
  /** Buckets of all of their lines. */
  bucketCount: 400_000,
} as const

/** What a request comes to in a batch: the runs that are read for it, and the buckets that its lines have together. */
export function seriesRequestCost({
  runIds,
  others = [],
  groups = [],
  buckets,
  order,
}: Pick<SeriesRequest, 'runIds' | 'others' | 'groups' | 'buckets' | 'order'>): {
  readonly subjectCount: number
  readonly bucketCount: number
} {
  // A run may come with twice as many points.
  const ofRun = order === 'logged' ? Math.max(buckets, loggedSeriesLimits.pointCount / 2) : buckets
  const runCount = others.reduce((sum, other) => sum + other.runIds.length, runIds.length)
  return {
    subjectCount: groups.reduce((sum, group) => sum + group.runIds.length, runCount),
    bucketCount: runCount * ofRun + groups.length * buckets,
  }
}
