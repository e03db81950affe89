import type { ReactElement } from 'react'
import type { PanelFeed, PanelFeedState } from '../../view/chart/panel-feed.ts'

/** Over a chart that is drawn: some of its series did not come, or it could not be brought up to date. */
export function FeedTrouble({
  state,
  feed,
}: {
  readonly state: PanelFeedState
  readonly feed: PanelFeed
}): ReactElement | null {
  const { phase, counts } = state
  if (phase !== 'failed' && phase !== 'cancelled') return null
  const isPart = phase === 'failed' && counts.failed < counts.total
  const text = isPart
    ? `${counts.failed} of ${counts.total} series failed`
    : phase === 'failed'
      ? 'Could not refresh'
      : `${counts.arrived} of ${counts.total} series loaded`
  return (
    <p className="absolute top-1 right-2 rounded bg-bad-surface px-2 py-0.5 text-bad text-sm" role="status">
      {text} —{' '}
      <button className="underline" onClick={() => feed.retry()} type="button">
        {phase === 'failed' ? 'Retry' : 'Load'}
      </button>
    </p>
  )
}
