import type { SeriesFrame, SeriesGroup, SeriesRequest } from '@lossline/protocol'
import { createRequestQueue } from './request-queue.ts'
import { type CachedSeries, createSeriesCache } from './series-cache.ts'

/** A run and the history revision that the page has heard of. */
export interface SeriesRun {
  readonly runId: string
  readonly historyRevision: number
}

/** A series request with its runs apart, or with the groups that they are put into. */
export interface SeriesQuery {
  readonly request: Omit<SeriesRequest, 'runIds' | 'groups'>
  readonly runs: readonly SeriesRun[]
  readonly groups?: readonly { readonly name: string; readonly runs: readonly SeriesRun[] }[]
  /** Tells it from other queries of the same panel. */
  readonly id?: string
}

/** What one series of an answer is of. */
type Subject = { readonly run: SeriesRun } | { readonly group: NonNullable<SeriesQuery['groups']>[number] }

/** Gets series for panels: from the cache what it has, the rest from the server, at most six requests at a time. */
export interface SeriesLoader {
  /** What is known already, in the order of the groups, or without such of the runs. Undefined entries need {@link load}. */
  peek(query: SeriesQuery): readonly (CachedSeries | undefined)[]
  /** All series, in the same order. Asks only for what the cache does not have at their revision. */
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
    missing: readonly Subject[],
    signal: AbortSignal,
  ): Promise<readonly CachedSeries[]> {
    const request = {
      ...query.request,
      runIds: missing.flatMap((subject) => ('run' in subject ? subject.run.runId : [])),
      groups: missing.flatMap((subject) => ('group' in subject ? toSeriesGroup(subject.group) : [])),
    }
    const frame = await queue.run(() => options.fetchFrame(request, signal), signal)
    return frame.series.map((series, i) => {
      const entry = { series, grid: series.kind === 'group' ? series.grid : frame.grid }
      // Under the revision that was asked for: rows that arrived since will be announced with a newer one.
      cache.set(cacheKey(query, missing[i] as Subject), entry)
      return entry
    })
  }
  async function fetchAll(
    query: SeriesQuery,
    missing: readonly Subject[],
    signal: AbortSignal,
  ): Promise<readonly CachedSeries[]> {
    const chunks: Promise<readonly CachedSeries[]>[] = []
    for (let at = 0; at < missing.length; at += requestRunsMax) {
      chunks.push(fetchMissing(query, missing.slice(at, at + requestRunsMax), signal))
    }
    return (await Promise.all(chunks)).flat()
  }

  return {
    peek: (query) => subjectsOf(query).map((subject) => cache.get(cacheKey(query, subject))),
    async load(query, signal) {
      const subjects = subjectsOf(query)
      const known = subjects.map((subject) => cache.get(cacheKey(query, subject)))
      const missing = subjects.filter((_, i) => !known[i])
      const fetched = await fetchAll(query, missing, signal)
      const arrived = fetched.values()
      return known.map((entry) => entry ?? (arrived.next().value as CachedSeries))
    },
  }
}

/** Names of what the series of a query are of, in its order: run ids, or `group:` and the name of a group. */
export function subjectIds(query: SeriesQuery): readonly string[] {
  return query.groups?.map(({ name }) => groupLineId(name)) ?? query.runs.map(({ runId }) => runId)
}

/** What a line of a group goes by where one of a run goes by the run's id, which has no colon. */
export function groupLineId(name: string): string {
  return `group:${name}`
}

function subjectsOf({ runs, groups }: SeriesQuery): readonly Subject[] {
  return groups?.map((group) => ({ group })) ?? runs.map((run) => ({ run }))
}

function toSeriesGroup({ name, runs }: NonNullable<SeriesQuery['groups']>[number]): SeriesGroup {
  return { name, runIds: runs.map(({ runId }) => runId) }
}

function cacheKey({ request }: SeriesQuery, subject: Subject): string {
  return JSON.stringify([subject, request])
}
