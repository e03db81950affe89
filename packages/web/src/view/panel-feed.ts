import type { CachedSeries } from '../api/series-cache.ts'
import type { SeriesLoader, SeriesQuery } from '../api/series-loader.ts'

/** What a panel has to draw. */
export interface PanelFeedState {
  /** By run id. While newer data is on its way, the data before. */
  readonly series: ReadonlyMap<string, CachedSeries>
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly error: unknown
}

/** Keeps one panel's series current. */
export interface PanelFeed {
  state(): PanelFeedState
  subscribe(listener: () => void): () => void
  /** Says what the panel needs now. A new range, axis or set of runs is asked for at once; newer revisions wait their turn. */
  setQuery(query: SeriesQuery): void
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
  let query: SeriesQuery | undefined
  let loading: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastStartMs = Number.NEGATIVE_INFINITY
  let isClosed = false

  const setState = (next: PanelFeedState): void => {
    state = next
    for (const listener of listeners) listener()
  }
  function publish(
    of: SeriesQuery,
    entries: readonly (CachedSeries | undefined)[],
    phase: PanelFeedState['phase'],
  ): void {
    const series = new Map<string, CachedSeries>()
    of.runs.forEach(({ runId }, i) => {
      const entry = entries[i] ?? state.series.get(runId)
      if (entry) series.set(runId, entry)
    })
    setState({ series, phase, error: undefined })
  }
  function isCurrent(): boolean {
    return query !== undefined && loader.peek(query).every((entry) => entry !== undefined)
  }
  async function load(): Promise<void> {
    const asked = query
    if (!asked || isClosed) return
    clearTimeout(timer)
    timer = undefined
    loading = new AbortController()
    const { signal } = loading
    lastStartMs = Date.now()
    try {
      const entries = await loader.load(asked, signal)
      if (signal.aborted) return
      loading = undefined
      publish(asked, entries, 'ready')
    } catch (error) {
      if (signal.aborted) return
      loading = undefined
      return setState({ ...state, phase: 'failed', error })
    }
    // Newer revisions were announced while this was under way.
    if (query !== asked && !isCurrent()) refreshSoon()
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
    setQuery(next) {
      const before = query
      query = next
      if (before && !isSameAxis(before, next)) state = { series: new Map(), phase: 'loading', error: undefined }
      const known = loader.peek(next)
      const isAllKnown = known.every((entry) => entry !== undefined)
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

/** Whether data of one query may be shown for the other until its own arrives. */
function isSameAxis(a: SeriesQuery, b: SeriesQuery): boolean {
  const axis = ({ request }: SeriesQuery): string => JSON.stringify([request.key, request.stream, request.x])
  return axis(a) === axis(b)
}

/** Whether two queries differ in nothing but revisions. */
function isSameShape(a: SeriesQuery, b: SeriesQuery): boolean {
  const shape = ({ request, runs }: SeriesQuery): string => JSON.stringify([request, runs.map((run) => run.runId)])
  return shape(a) === shape(b)
}
