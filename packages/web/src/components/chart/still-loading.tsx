import { type ReactElement, useEffect, useState } from 'react'
import type { PanelFeed, PanelFeedState } from '../../view/chart/panel-feed.ts'

/** So long nobody wonders. */
const patienceMs = 5000

/** After a while: how much of a chart has come, and the way to give up. Made anew for each wait. */
export function StillLoading({
  state,
  feed,
}: {
  readonly state: PanelFeedState
  readonly feed: PanelFeed
}): ReactElement | null {
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), patienceMs)
    return () => clearTimeout(timer)
  }, [])
  if (!isLong) return null
  const { arrived, total } = state.counts
  return (
    <p
      className="absolute top-1 right-2 z-10 rounded bg-raised px-2 py-0.5 text-muted text-sm shadow-pop"
      role="status"
    >
      Still loading — {arrived} of {total} series{' '}
      <button className="link-text" onClick={() => feed.cancel()} type="button">
        Cancel
      </button>
    </p>
  )
}
