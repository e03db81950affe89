import type { CachedSeries } from '../../api/series-cache.ts'
import { type SeriesLoader, type SeriesQuery, type SeriesRun, subjectIds } from '../../api/series-loader.ts'
import type { RunRevisions } from '../../live/run-revisions.ts'
import { runAddressOf, runKeyOf } from '../run/run-key.ts'
import type { RefreshClock } from './refresh-clock.ts'

/** What a panel has to draw. */
export interface PanelFeedState {
  /** By {@link seriesId}. While newer data is on its way, the data before. */
  readonly series: ReadonlyMap<string, CachedSeries>
  /** `failed`: some or all of what was asked for did not come. `cancelled`: somebody gave up waiting. */
  readonly phase: 'loading' | 'ready' | 'failed' | 'cancelled'
  readonly error: unknown
  /** Of the series that were asked for last: how many there are, how many have come, and how many will not. */
  readonly counts: { readonly total: number; readonly arrived: number; readonly failed: number }
}

const emptyState: PanelFeedState = {
  series: new Map(),
  phase: 'loading',
  error: undefined,
  counts: { total: 0, arrived: 0, failed: 0 },
}

/** Keeps one panel's series current. */
export interface PanelFeed {
  state(): PanelFeedState
  subscribe(listener: () => void): () => void
  /** Says what the panel needs now, one query for each metric. A new range, axis or set of runs is asked for at once; newer revisions wait for the clock. */
  setQueries(queries: readonly SeriesQuery[]): void
  /** Asks again after a failure. */
  retry(): void
  /** Gives up what is being loaded; {@link PanelFeed.retry} asks for it again. */
  cancel(): void
  close(): void
  isClosed(): boolean
}

/** What a feed needs from the page. */
export interface CreatePanelFeedOptions {
  readonly loader: SeriesLoader
  /** When what has gone on is asked for and drawn. */
  readonly clock: RefreshClock
  /** How far the runs have come since the queries were made. */
  readonly revisions: Pick<RunRevisions, 'newest' | 'subscribe'>
}

/** A feed without a query yet. */
export function createPanelFeed({ loader, clock, revisions }: CreatePanelFeedOptions): PanelFeed {
  const listeners = new Set<() => void>()
  let state: PanelFeedState = emptyState
  let queries: readonly SeriesQuery[] | undefined
  let runIds: ReadonlySet<string> = new Set()
  let loading: AbortController | undefined
  let cancelBeat: (() => void) | undefined
  /** Newer revisions were announced while a request was under way. */
  let hasNews = false
  let isClosed = false

  const setState = (next: PanelFeedState): void => {
    state = next
    for (const listener of listeners) listener()
  }
  function publish(
    of: readonly SeriesQuery[],
    entries: readonly (readonly (CachedSeries | undefined)[])[],
    phase: PanelFeedState['phase'],
    { failed, error }: { readonly failed: number; readonly error: unknown } = { failed: 0, error: undefined },
  ): void {
    const series = new Map<string, CachedSeries>()
    let [total, arrived] = [0, 0]
    of.forEach((query, at) => {
      subjectIds(query).forEach((subject, i) => {
        const id = seriesId(query, subject)
        const fresh = entries[at]?.[i]
        total++
        if (fresh) arrived++
        const entry = fresh ?? state.series.get(id)
        if (entry) series.set(id, entry)
      })
    })
    // What is as it was would be drawn anew all the same.
    const isSame = series.size === state.series.size && [...series].every(([id, one]) => state.series.get(id) === one)
    const { counts } = state
    const areSame = counts.total === total && counts.arrived === arrived && counts.failed === failed
    if (isSame && areSame && state.phase === phase && state.error === error) return
    setState({ series: isSame ? state.series : series, phase, error, counts: { total, arrived, failed } })
  }
  function atNewest(query: SeriesQuery): SeriesQuery {
    const newest = (run: SeriesRun): SeriesRun => {
      const heard = revisions.newest(runAddressOf(run.runId, query.request))
      return heard === undefined || heard <= run.historyRevision ? run : { ...run, historyRevision: heard }
    }
    const { runs, groups } = query
    return {
      ...query,
      runs: runs.map(newest),
      ...(groups && { groups: groups.map((group) => ({ ...group, runs: group.runs.map(newest) })) }),
    }
  }
  function isCurrent(): boolean {
    return queries?.every((query) => isKnown(loader.peek(atNewest(query)))) ?? false
  }
  async function load(how: 'load' | 'refresh'): Promise<void> {
    if (!queries || isClosed) return
    const asked = queries.map(atNewest)
    stopWaiting()
    hasNews = false
    const attempt = new AbortController()
    const { signal } = attempt
    loading = attempt
    const entries: (readonly CachedSeries[])[] = asked.map(() => [])
    const results = await Promise.allSettled(
      asked.map(async (query, at) => {
        entries[at] = await loader[how](query, signal)
        // What has come of a panel with several metrics is drawn before the rest of it.
        if (how === 'load' && asked.length > 1 && !signal.aborted) publish(asked, entries, 'loading')
      }),
    )
    const failures = results.flatMap((result, at) =>
      result.status === 'rejected' ? [{ error: result.reason as unknown, query: asked[at] as SeriesQuery }] : [],
    )
    const end = (): void => {
      if (signal.aborted) return
      loading = undefined
      const failed = failures.reduce((sum, { query }) => sum + subjectIds(query).length, 0)
      publish(asked, entries, failures.length === 0 ? 'ready' : 'failed', { failed, error: failures[0]?.error })
      if (hasNews && state.phase === 'ready' && !isCurrent()) refreshSoon()
    }
    if (how === 'refresh') clock.inFrame(end)
    else end()
  }
  function refreshSoon(): void {
    cancelBeat ??= clock.onBeat(() => void load('refresh'))
  }
  function stopWaiting(): void {
    cancelBeat?.()
    cancelBeat = undefined
  }
  function noteNews(): void {
    if (loading) hasNews = true
    else if (queries && state.phase !== 'failed' && state.phase !== 'cancelled' && !isCurrent()) refreshSoon()
  }
  const ignoreRevisions = revisions.subscribe((run) => {
    const own = queries?.[0]?.request
    if (own && runIds.has(runKeyOf(run, own))) noteNews()
  })

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setQueries(next) {
      const before = queries
      queries = next
      runIds = new Set(next.flatMap(runIdsOf))
      if (before && !isSameAxis(before, next)) state = emptyState
      const known = next.map((query) => loader.peek(atNewest(query)))
      const isAllKnown = known.every(isKnown)
      if (isAllKnown || !before || !isSameShape(before, next)) {
        loading?.abort()
        loading = undefined
        stopWaiting()
        publish(next, known, isAllKnown ? 'ready' : 'loading')
        if (!isAllKnown) void load('load')
      } else {
        noteNews()
      }
    },
    retry() {
      if (loading) return
      setState({ ...state, phase: 'loading', error: undefined })
      void load('load')
    },
    cancel() {
      if (!loading) return
      loading.abort()
      loading = undefined
      setState({ ...state, phase: 'cancelled' })
    },
    isClosed: () => isClosed,
    close() {
      isClosed = true
      loading?.abort()
      stopWaiting()
      ignoreRevisions()
      listeners.clear()
    },
  }
}

/** Where a series of a query stands in {@link PanelFeedState}. */
export function seriesId({ id }: Pick<SeriesQuery, 'id'>, subject: string): string {
  return id === undefined ? subject : `${subject} ${id}`
}

function runIdsOf({ runs, groups = [] }: SeriesQuery): readonly string[] {
  return [...runs, ...groups.flatMap((group) => group.runs)].map(({ runId }) => runId)
}

function isKnown(entries: readonly (CachedSeries | undefined)[]): boolean {
  return entries.every((entry) => entry !== undefined)
}

/** Whether data of one query may be shown for the other until its own arrives. */
function isSameAxis(a: readonly SeriesQuery[], b: readonly SeriesQuery[]): boolean {
  const axis = ({ id, request: { key, expression, join, stream, x } }: SeriesQuery): readonly unknown[] => [
    id,
    key,
    expression,
    join,
    stream,
    x,
  ]
  return JSON.stringify(a.map(axis)) === JSON.stringify(b.map(axis))
}

/** Whether two lists of queries differ in nothing but revisions. */
function isSameShape(a: readonly SeriesQuery[], b: readonly SeriesQuery[]): boolean {
  const ids = (runs: SeriesQuery['runs']): readonly string[] => runs.map(({ runId }) => runId)
  const shape = ({ id, request, runs, groups }: SeriesQuery): readonly unknown[] => [
    id,
    request,
    ids(runs),
    groups?.map((group) => [group.name, ids(group.runs)]),
  ]
  return JSON.stringify(a.map(shape)) === JSON.stringify(b.map(shape))
}
