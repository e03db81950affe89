import type { CachedSeries } from '../api/series-cache.ts'
import { type SeriesLoader, type SeriesQuery, subjectIds } from '../api/series-loader.ts'

/** What a panel has to draw. */
export interface PanelFeedState {
  /** By {@link seriesId}. While newer data is on its way, the data before. */
  readonly series: ReadonlyMap<string, CachedSeries>
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly error: unknown
}

/** Keeps one panel's series current. */
export interface PanelFeed {
  state(): PanelFeedState
  subscribe(listener: () => void): () => void
  /** Says what the panel needs now, one query for each metric. A new range, axis or set of runs is asked for at once; newer revisions wait their turn. */
  setQueries(queries: readonly SeriesQuery[]): void
  /** Asks again after a failure. */
  retry(): void
  close(): void
  isClosed(): boolean
}

/** What a feed needs from the page. */
export interface CreatePanelFeedOptions {
  readonly loader: SeriesLoader
  /** Least time between two refreshes by revision: 250 ms in view, more in the background. */
  readonly refreshIntervalMs: () => number
}

/** A feed without a query yet. */
export function createPanelFeed({ loader, refreshIntervalMs }: CreatePanelFeedOptions): PanelFeed {
  const listeners = new Set<() => void>()
  let state: PanelFeedState = { series: new Map(), phase: 'loading', error: undefined }
  let queries: readonly SeriesQuery[] | undefined
  let loading: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastStartMs = Number.NEGATIVE_INFINITY
  let isClosed = false

  const setState = (next: PanelFeedState): void => {
    state = next
    for (const listener of listeners) listener()
  }
  function publish(
    of: readonly SeriesQuery[],
    entries: readonly (readonly (CachedSeries | undefined)[])[],
    phase: PanelFeedState['phase'],
  ): void {
    const series = new Map<string, CachedSeries>()
    of.forEach((query, at) => {
      subjectIds(query).forEach((subject, i) => {
        const id = seriesId(query, subject)
        const entry = entries[at]?.[i] ?? state.series.get(id)
        if (entry) series.set(id, entry)
      })
    })
    setState({ series, phase, error: undefined })
  }
  function isCurrent(): boolean {
    return queries?.every((query) => isKnown(loader.peek(query))) ?? false
  }
  async function load(): Promise<void> {
    const asked = queries
    if (!asked || isClosed) return
    clearTimeout(timer)
    timer = undefined
    loading = new AbortController()
    const { signal } = loading
    lastStartMs = Date.now()
    try {
      const entries = await Promise.all(asked.map((query) => loader.load(query, signal)))
      if (signal.aborted) return
      loading = undefined
      publish(asked, entries, 'ready')
    } catch (error) {
      if (signal.aborted) return
      loading = undefined
      return setState({ ...state, phase: 'failed', error })
    }
    // Newer revisions were announced while this was under way.
    if (queries !== asked && !isCurrent()) refreshSoon()
  }
  function refreshSoon(): void {
    timer ??= setTimeout(() => void load(), Math.max(0, lastStartMs + refreshIntervalMs() - Date.now()))
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setQueries(next) {
      const before = queries
      queries = next
      if (before && !isSameAxis(before, next)) state = { series: new Map(), phase: 'loading', error: undefined }
      const known = next.map((query) => loader.peek(query))
      const isAllKnown = known.every(isKnown)
      if (isAllKnown || !before || !isSameShape(before, next)) {
        loading?.abort()
        loading = undefined
        clearTimeout(timer)
        timer = undefined
        publish(next, known, isAllKnown ? 'ready' : 'loading')
        if (!isAllKnown) void load()
      } else if (!loading && state.phase !== 'failed') {
        refreshSoon()
      }
    },
    retry() {
      if (loading) return
      setState({ ...state, phase: 'loading', error: undefined })
      void load()
    },
    isClosed: () => isClosed,
    close() {
      isClosed = true
      loading?.abort()
      clearTimeout(timer)
      listeners.clear()
    },
  }
}

/** Where a series of a query stands in {@link PanelFeedState}. */
export function seriesId({ id }: Pick<SeriesQuery, 'id'>, subject: string): string {
  return id === undefined ? subject : `${subject} ${id}`
}

function isKnown(entries: readonly (CachedSeries | undefined)[]): boolean {
  return entries.every((entry) => entry !== undefined)
}

/** Whether data of one query may be shown for the other until its own arrives. */
function isSameAxis(a: readonly SeriesQuery[], b: readonly SeriesQuery[]): boolean {
  const axis = ({ id, request }: SeriesQuery): readonly unknown[] => [id, request.key, request.stream, request.x]
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
