import { Fragment, type ReactElement, type ReactNode } from 'react'
import type { Chart } from '../../hooks/chart/use-chart.ts'
import type { ViewStore } from '../../view/address/view-store.ts'
import { xName } from '../../view/chart/x-axis.ts'
import { noXZoom } from '../../view/chart/zooms.ts'
import { type LineValue, loggedNames } from '../../view/panels/line-queries.ts'
import { formatCount } from '../../view/text/format.ts'
import type { AppliedSettings } from '../../view/workspace/panel-settings.ts'
import type { PanelInfo } from '../../view/workspace/sections.ts'
import { ErrorDetails } from '../controls/error-details.tsx'

/** What a panel says instead of a chart: loading, failed, nothing to draw. */
export function ChartMessage(props: {
  readonly chart: Chart
  readonly panel: PanelInfo
  readonly runCount: number
  readonly store: ViewStore
  readonly applySettings: (settings: AppliedSettings) => void
}): ReactElement {
  const { chart, panel, runCount, store, applySettings } = props
  if (runCount === 0) return <Message>No run is visible.</Message>
  if (chart.feedState.phase === 'loading') {
    return <div aria-label={`Loading ${panel.title}`} className="skeleton absolute inset-x-3 inset-y-1" role="img" />
  }
  if (chart.feedState.phase === 'cancelled') {
    return (
      <Message>
        Loading was cancelled.{' '}
        <button className="link-text" onClick={() => chart.feed.retry()} type="button">
          Load
        </button>
      </Message>
    )
  }
  if (chart.feedState.phase === 'failed') {
    const { error } = chart.feedState
    return (
      <Message>
        <span role="alert">{error instanceof Error ? error.message : 'This panel could not be loaded.'}</span>{' '}
        <button className="link-text" onClick={() => chart.feed.retry()} type="button">
          Retry
        </button>
        <ErrorDetails error={error} />
      </Message>
    )
  }
  if (chart.model.undrawable === 'not-finite') {
    const { nan, above, below } = chart.model.nonFinite
    return (
      <Message>
        Nothing to draw: {formatCount(nan + above + below, 'value')} of {quoted(panel.title)}
        {chart.zoomX ? ' in this range' : ''}, all NaN or infinite. The table lists them.
      </Message>
    )
  }
  if (chart.model.undrawable === 'not-positive') {
    return (
      <Message>
        No value of {quoted(panel.title)} is above 0, and a log axis has no place for others.{' '}
        <button className="link-text" onClick={() => applySettings({ yScale: 'symlog' })} type="button">
          Use symlog instead
        </button>
      </Message>
    )
  }
  const names = <LoggedNames values={chart.values} />
  if (chart.x.kind === 'step' || panel.stream === 'events') {
    return (
      <Message>
        No points: the visible runs have not logged {names}
        {isOfSeveral(chart.values) && ' at the same step'}.
      </Message>
    )
  }
  return (
    <Message>
      No points: these runs never logged {names} together with {quoted(xName(chart.x))}.{' '}
      <button className="link-text" onClick={() => store.update({ x: { kind: 'step' }, ...noXZoom })} type="button">
        Use Step instead
      </button>
    </Message>
  )
}

/** A longer list would fill the panel. */
const nameCountMax = 4

function LoggedNames({ values }: { readonly values: readonly LineValue[] }): ReactElement {
  const names = loggedNames(values)
  const shown = names.slice(0, nameCountMax)
  const joint = isOfSeveral(values) ? ' and ' : ' or '
  return (
    <>
      {shown.map((name, index) => (
        <Fragment key={name}>
          {index > 0 && joint}
          {quoted(name)}
        </Fragment>
      ))}
      {names.length > shown.length && ` or ${names.length - shown.length} more`}
    </>
  )
}

/** Whether a value is made of several metrics, which have to meet. */
function isOfSeveral(values: readonly LineValue[]): boolean {
  return values.length === 1 && loggedNames(values).length > 1
}

function quoted(name: string): ReactElement {
  return <code className="font-mono text-sm text-text">{name}</code>
}

function Message({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <div className="absolute inset-0 flex items-center justify-center px-6 text-center text-muted">
      <div>{children}</div>
    </div>
  )
}
