import type { RunsOfProject, SeriesGroup, SeriesRequest } from '@lossline/protocol'
import { isSameProject, keysByProject } from '../view/run/run-key.ts'
import { createFrameBatch, type FetchFrame, type FetchFrames } from './frame-batch.ts'
import type { ProjectAddress } from './queries.ts'
import { createRequestQueue } from './request-queue.ts'
import { type CachedSeries, createSeriesCache } from './series-cache.ts'

/** A run and the history revision that the page has heard of. */
export interface SeriesRun {
  /** Its key, see `run-key.ts`. */
  readonly runId: string
  readonly historyRevision: number
}

/** A series request with its runs apart, or with the groups that they are put into. */
export interface SeriesQuery {
  /** Its project is that of the view. */
  readonly request: Omit<SeriesRequest, 'runIds' | 'others' | 'groups'>
  readonly runs: readonly SeriesRun[]
  /** The runs of each are of one project. */
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
  /** The same in one request with all others that are asked for in the same task. */
  refresh(query: SeriesQuery, signal: AbortSignal): Promise<readonly CachedSeries[]>
}

/** What a loader needs: how to ask, and its limits. */
export interface CreateSeriesLoaderOptions {
  readonly fetchFrame: FetchFrame
  readonly fetchFrames: FetchFrames
  /** Is told what the weights of a time-weighted smoothing refer to on an axis. */
  readonly onSmoothingRange?: (request: SeriesQuery['request'], range: number) => void
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
  const fetchOne: FetchFrame = (request, signal) => queue.run(() => options.fetchFrame(request, signal), signal)
  const fetchTogether = createFrameBatch(fetchOne, (requests, signal) =>
    queue.run(() => options.fetchFrames(requests, signal), signal),
  )

  async function fetchMissing(
    query: SeriesQuery,
    missing: readonly Subject[],
    fetchFrame: FetchFrame,
    signal: AbortSignal,
  ): Promise<readonly CachedSeries[]> {
    const { request, order } = toRequest(query, missing)
    const frame = await fetchFrame(request, signal)
    if (frame.smoothingRange !== undefined) options.onSmoothingRange?.(query.request, frame.smoothingRange)
    const keyOf = cacheKeys(query)
    const entries = new Map<Subject, CachedSeries>()
    for (const [i, series] of frame.series.entries()) {
      const subject = order[i]!
      const grid = series.kind === 'group' ? series.grid : frame.grid
      const entry = { series, grid, smoothing: query.request.smoothing }
      // Under the revision that was asked for: rows that arrived since will be announced with a newer one.
      cache.set(keyOf(subject), revisionOf(subject), entry)
      entries.set(subject, entry)
    }
    return missing.map((subject) => entries.get(subject)!)
  }
  async function fetchAll(
    query: SeriesQuery,
    missing: readonly Subject[],
    fetchFrame: FetchFrame,
    signal: AbortSignal,
  ): Promise<readonly CachedSeries[]> {
    const chunks: Promise<readonly CachedSeries[]>[] = []
    for (let at = 0; at < missing.length; at += requestRunsMax) {
      chunks.push(fetchMissing(query, missing.slice(at, at + requestRunsMax), fetchFrame, signal))
    }
    return (await Promise.all(chunks)).flat()
  }
  function peek(query: SeriesQuery): readonly (CachedSeries | undefined)[] {
    const keyOf = cacheKeys(query)
    return subjectsOf(query).map((subject) => cache.get(keyOf(subject), revisionOf(subject)))
  }
  async function loadWith(
    fetchFrame: FetchFrame,
    query: SeriesQuery,
    signal: AbortSignal,
  ): Promise<readonly CachedSeries[]> {
    const known = peek(query)
    const missing = subjectsOf(query).filter((_, i) => !known[i])
    const fetched = await fetchAll(query, missing, fetchFrame, signal)
    const arrived = fetched.values()
    return known.map((entry) => entry ?? (arrived.next().value as CachedSeries))
  }

  return {
    peek,
    load: (query, signal) => loadWith(fetchOne, query, signal),
    refresh: (query, signal) => loadWith(fetchTogether, query, signal),
  }
}

/** Names of what the series of a query are of, in its order: keys of runs, or `group:` and the name of a group. */
export function subjectIds(query: SeriesQuery): readonly string[] {
  return query.groups?.map(({ name }) => groupLineId(name)) ?? query.runs.map(({ runId }) => runId)
}

/** What a line of a group goes by where one of a run goes by the run's key, which has no colon. */
export function groupLineId(name: string): string {
  return `group:${name}`
}

function subjectsOf({ runs, groups }: SeriesQuery): readonly Subject[] {
  return groups?.map((group) => ({ group })) ?? runs.map((run) => ({ run }))
}

/** The request for some series of a query, and whose they are in the order of the answer. */
function toRequest(
  query: SeriesQuery,
  missing: readonly Subject[],
): { readonly request: SeriesRequest; readonly order: readonly Subject[] } {
  const { request } = query
  const runs = new Map(missing.flatMap((subject) => ('run' in subject ? [[subject.run.runId, subject] as const] : [])))
  const parts = keysByProject([...runs.keys()], request)
  const own = parts.filter(({ at }) => isSameProject(at, request))
  const others = parts.filter(({ at }) => !isSameProject(at, request))
  const rest = refersToAll(query)
    ? otherProjects(query).filter((at) => !others.some((part) => isSameProject(part.at, at)))
    : []
  const asked = [
    ...others.map(({ at, runIds }): RunsOfProject => ({ ...at, runIds })),
    ...rest.map((at): RunsOfProject => ({ ...at, runIds: [] })),
  ]
  const groups = missing.filter((subject) => 'group' in subject)
  return {
    request: {
      ...request,
      runIds: own.flatMap(({ runIds }) => runIds),
      ...(asked.length > 0 && { others: asked }),
      groups: groups.map(({ group }) => toSeriesGroup(group, request)),
    },
    order: [...[...own, ...others].flatMap(({ keys }) => keys.map((key) => runs.get(key)!)), ...groups],
  }
}

function toSeriesGroup(
  { name, runs }: NonNullable<SeriesQuery['groups']>[number],
  own: SeriesQuery['request'],
): SeriesGroup {
  const [part = { at: own, runIds: [] }] = keysByProject(
    runs.map(({ runId }) => runId),
    own,
  )
  const { entity, project } = part.at
  return { name, runIds: part.runIds, ...(!isSameProject(part.at, own) && { of: { entity, project } }) }
}

/** Whether series depend on all projects of their query, also on those that none of them is of: by what smoothing refers to. */
function refersToAll({ request: { smoothing } }: SeriesQuery): boolean {
  return smoothing?.kind === 'time-weighted-ema' && smoothing.range === undefined
}

/** Projects of a query that are not the view's own. */
function otherProjects({ request, runs, groups = [] }: SeriesQuery): readonly ProjectAddress[] {
  const keys = [...runs, ...groups.flatMap((group) => group.runs)].map(({ runId }) => runId)
  return keysByProject(keys, request).flatMap(({ at }) => (isSameProject(at, request) ? [] : [at]))
}

/** Texts of requests, which stay the same object from one revision to the next. */
const requestTexts = new WeakMap<SeriesQuery['request'], string>()

/** Where the series of a query stand in the cache. */
function cacheKeys(query: SeriesQuery): (subject: Subject) => string {
  const { request } = query
  const requestText = requestTexts.get(request) ?? JSON.stringify(request)
  requestTexts.set(request, requestText)
  const others = refersToAll(query) ? otherProjects(query).map(({ entity, project }) => `${entity}/${project}`) : []
  const text = [requestText, ...others.toSorted()].join(' ')
  return (subject) => {
    const of =
      'run' in subject ? subject.run.runId : [subject.group.name, ...subject.group.runs.map(({ runId }) => runId)]
    return `${JSON.stringify(of)} ${text}`
  }
}

function revisionOf(subject: Subject): string {
  if ('run' in subject) return String(subject.run.historyRevision)
  return subject.group.runs.map(({ historyRevision }) => historyRevision).join()
}
