import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { SeriesQuery } from '../../api/series-loader.ts'
import { useServices } from '../../services.ts'
import { createPanelFeed, type PanelFeed, type PanelFeedState } from '../../view/chart/panel-feed.ts'

/** The series of one panel, kept current. Undefined: the panel needs nothing yet. */
export function usePanelFeed(
  queries: readonly SeriesQuery[] | undefined,
): readonly [state: PanelFeedState, feed: PanelFeed] {
  const { seriesLoader, refreshClock, updates } = useServices()
  const create = (): PanelFeed =>
    createPanelFeed({ loader: seriesLoader, clock: refreshClock, revisions: updates.revisions })
  const [feed, setFeed] = useState(create)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the services are the same for as long as the page is.
  useEffect(() => {
    // Strict mode and hot reload mount twice; a closed feed stays closed.
    if (feed.isClosed()) return setFeed(create())
    const forget = updates.onHeal(() => feed.retry())
    return () => {
      forget()
      feed.close()
    }
  }, [feed, updates])
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
