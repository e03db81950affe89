import type { ReactElement, ReactNode } from 'react'
import { ApiError } from '../api/client.ts'
import type { Chart } from '../hooks/use-chart.ts'
import { formatCount } from '../view/format.ts'
import type { PanelInfo } from '../view/sections.ts'
import type { ViewStore } from '../view/view-store.ts'
import { xName } from '../view/x-axis.ts'

/** What a panel says instead of a chart: loading, failed, nothing to draw. */
export function ChartMessage(props: {
  readonly chart: Chart
  readonly panel: PanelInfo
  readonly runCount: number
  readonly store: ViewStore
}): ReactElement {
  const { chart, panel, runCount, store } = props
  if (runCount === 0) return <Message>No run is visible.</Message>
  if (chart.feedState.phase === 'loading') {
    return <div aria-label={`Loading ${panel.title}`} className="skeleton absolute inset-x-3 inset-y-1" role="img" />
  }
  if (chart.feedState.phase === 'failed') {
    const { error } = chart.feedState
    return (
      <Message>
        <span role="alert">{error instanceof Error ? error.message : 'This panel could not be loaded.'}</span>{' '}
        <button className="link-text" onClick={() => chart.feed.retry()} type="button">
          Retry
        </button>
        {error instanceof ApiError && error.requestId && (
          <span className="mt-1 block text-xs">Request {error.requestId}</span>
        )}
      </Message>
    )
  }
  if (chart.model.undrawable === 'not-finite') {
    return (
      <Message>
        Nothing to draw: {formatCount(chart.model.nonFiniteCount, 'value')} of {quoted(panel.title)}
        {chart.zoomX ? ' in this range' : ''}, all NaN or infinite. The table lists them.
      </Message>
    )
  }
  if (chart.model.undrawable === 'not-positive') {
    return (
      <Message>
        No value of {quoted(panel.title)} is above 0, and a log axis has no place for others.{' '}
        <button className="link-text" onClick={() => store.update({ isLogY: false })} type="button">
          Use a linear y axis
        </button>
      </Message>
    )
  }
  if (chart.x.kind === 'step' || panel.stream === 'events') {
    return <Message>No points: the visible runs have not logged {quoted(panel.title)}.</Message>
  }
  return (
    <Message>
      No points: these runs never logged {quoted(panel.title)} together with {quoted(xName(chart.x))}.{' '}
      <button
        className="link-text"
        onClick={() => store.update({ x: { kind: 'step' }, zoom: undefined })}
        type="button"
      >
        Use Step instead
      </button>
    </Message>
  )
}

function quoted(name: string): ReactElement {
  return <code className="font-mono text-sm text-text">{name}</code>
}

function Message({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <div className="absolute inset-0 flex items-center justify-center px-6 text-center text-muted">
      <p>{children}</p>
    </div>
  )
}
