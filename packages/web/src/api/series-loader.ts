import type { SeriesFrame, SeriesRequest } from '@lossline/protocol'
import { createRequestQueue } from './request-queue.ts'
import { type CachedSeries, createSeriesCache } from './series-cache.ts'

/** A series request with the runs apart, each with the history revision that the page has heard of. */
export interface SeriesQuery {
  readonly request: Omit<SeriesRequest, 'runIds'>
  readonly runs: readonly { readonly runId: string; readonly historyRevision: number }[]
}

/** Gets series for panels: from the cache what it has, the rest from the server, at most six requests at a time. */
export interface SeriesLoader {
  /** What is known already, in the order of the runs. Undefined entries need {@link load}. */
  peek(query: SeriesQuery): readonly (CachedSeries | undefined)[]
  /** All series, in the order of the runs. Asks only for runs that the cache does not have at their revision. */
  load(query: SeriesQuery, signal: AbortSignal): Promise<readonly CachedSeries[]>
}

/** What a loader needs: how to ask, and its limits. */
export interface CreateSeriesLoaderOptions {
  readonly fetchFrame: (request: SeriesRequest, signal: AbortSignal) => Promise<SeriesFrame>
  /** Default 6: what a browser opens to one HTTP/1.1 host. */
  readonly activeMax?: number
  /** Default 64 MiB. */
  readonly cacheBytesMax?: number
}

/** What the server accepts in one request. */
const requestRunsMax = 1000

/** A loader with an empty cache. */
export function createSeriesLoader(options: CreateSeriesLoaderOptions): SeriesLoader {
  const cache = createSeriesCache(options.cacheBytesMax ?? 64 * 2 ** 20)
  const queue = createRequestQueue(options.activeMax ?? 6)

  async function fetchMissing(
    query: SeriesQuery,
    missing: SeriesQuery['runs'],
    signal: AbortSignal,
  ): Promise<readonly CachedSeries[]> {
    const request = { ...query.request, runIds: missing.map((run) => run.runId) }
    const frame = await queue.run(() => options.fetchFrame(request, signal), signal)
    return frame.series.map((series, i) => {
      const entry = { series, grid: frame.grid }
      // Under the revision that was asked for: rows that arrived since will be announced with a newer one.
      cache.set(cacheKey(query, missing[i] as SeriesQuery['runs'][number]), entry)
      return entry
    })
  }
  async function fetchAll(
    query: SeriesQuery,
    missing: SeriesQuery['runs'],
    signal: AbortSignal,
  ): Promise<readonly CachedSeries[]> {
    const chunks: Promise<readonly CachedSeries[]>[] = []
    for (let at = 0; at < missing.length; at += requestRunsMax) {
      chunks.push(fetchMissing(query, missing.slice(at, at + requestRunsMax), signal))
    }
    return (await Promise.all(chunks)).flat()
  }

  return {
    peek: (query) => query.runs.map((run) => cache.get(cacheKey(query, run))),
    async load(query, signal) {
      const known = query.runs.map((run) => cache.get(cacheKey(query, run)))
      const missing = query.runs.filter((_, i) => !known[i])
      const fetched = await fetchAll(query, missing, signal)
      const arrived = fetched.values()
      return known.map((entry) => entry ?? (arrived.next().value as CachedSeries))
    },
  }
}

function cacheKey({ request }: SeriesQuery, run: SeriesQuery['runs'][number]): string {
  return JSON.stringify([run.runId, run.historyRevision, request])
}
