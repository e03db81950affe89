import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { SeriesQuery } from '../api/series-loader.ts'
import { useServices } from '../services.ts'
import { createPanelFeed, type PanelFeed, type PanelFeedState } from '../view/panel-feed.ts'

/** Four redraws a second for what is looked at, one in a window in the background. */
function refreshIntervalMs(): number {
  return document.hasFocus() ? 250 : 1000
}

/** The series of one panel, kept current. Undefined: the panel needs nothing yet. */
export function usePanelFeed(
  queries: readonly SeriesQuery[] | undefined,
): readonly [state: PanelFeedState, feed: PanelFeed] {
  const { seriesLoader, updates } = useServices()
  const [feed, setFeed] = useState(() => createPanelFeed({ loader: seriesLoader, refreshIntervalMs }))
  useEffect(() => {
    // Strict mode and hot reload mount twice; a closed feed stays closed.
    if (feed.isClosed()) return setFeed(createPanelFeed({ loader: seriesLoader, refreshIntervalMs }))
    const forget = updates.onHeal(() => feed.retry())
    return () => {
      forget()
      feed.close()
    }
  }, [feed, seriesLoader, updates])
  const text = useMemo(() => JSON.stringify(queries), [queries])
  const stableQueries = useMemo(
    () => (text === undefined ? undefined : (JSON.parse(text) as readonly SeriesQuery[])),
    [text],
  )
  const isHidden = useSyncExternalStore(subscribeVisibility, () => document.hidden)
  useEffect(() => {
    if (stableQueries && !isHidden) feed.setQueries(stableQueries)
  }, [feed, stableQueries, isHidden])
  return [useSyncExternalStore(feed.subscribe, feed.state), feed]
}

function subscribeVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}
