import type { ReactElement, ReactNode } from 'react'
import type { ChartModel } from '../../chart/chart-model.ts'
import { densityFrom } from '../../chart/draw-content.ts'
import { nonFiniteText } from '../../chart/non-finite.ts'
import { markLegend } from '../../chart/plot-marks.ts'
import type { Chart } from '../../hooks/chart/use-chart.ts'
import { xName } from '../../view/chart/x-axis.ts'
import { formatCount } from '../../view/text/format.ts'
import type { AppliedSettings } from '../../view/workspace/panel-settings.ts'

/** All runs of a chart as one line, or not. */
export interface OneGroup {
  readonly isOn: boolean
  set(isOn: boolean): void
}

/** The names of a chart's runs, and what it leaves out. */
export function ChartFooter(props: {
  readonly chart: Chart
  /** Undefined: the names are elsewhere. */
  readonly legend: ReactNode | undefined
  readonly applySettings: (settings: AppliedSettings) => void
  /** Undefined: nobody can change it here. */
  readonly oneGroup: OneGroup | undefined
}): ReactElement {
  const { oneGroup } = props
  const { model, runIds } = props.chart
  const nonFinite = nonFiniteText(model.nonFinite)
  const { turning } = model
  const markTexts = markLegend(model.content?.marks ?? [])
  const isDense = model.lines.length > densityFrom
  const notes: readonly ReactNode[] = [
    model.clippedCount > 0 && `${formatCount(model.clippedCount, 'place')} outside the axis`,
    model.hiddenYCount > 0 && (
      <>
        {formatCount(model.hiddenYCount, 'value')} ≤ 0 not shown,{' '}
        <button className="underline" onClick={() => props.applySettings({ yScale: 'symlog' })} type="button">
          use symlog
        </button>
      </>
    ),
    model.hiddenXCount > 0 && `${formatCount(model.hiddenXCount, 'point')} with x ≤ 0 not shown`,
    nonFinite !== '' && `${nonFinite} at the edge`,
    turning.lineCount > 0 && (
      <TurningNote applySettings={props.applySettings} turning={turning} xName={xName(props.chart.x)} />
    ),
    isDense && oneGroup && (
      <>
        {formatCount(model.lines.length, 'line')} cover each other,{' '}
        <button className="underline" onClick={() => oneGroup.set(true)} type="button">
          show median and quartiles
        </button>
      </>
    ),
    oneGroup?.isOn && (
      <>
        {formatCount(runIds.length, 'run')} as one line,{' '}
        <button className="underline" onClick={() => oneGroup.set(false)} type="button">
          show each
        </button>
      </>
    ),
  ].filter((note) => note !== false && note !== undefined)
  if (notes.length === 0 && props.legend === undefined) return <div className="h-1.5 shrink-0" />
  return (
    <footer className="flex shrink-0 flex-col px-3 pb-1 text-muted text-xs">
      {props.legend}
      {props.legend !== undefined && markTexts !== '' && <p className="truncate leading-5">{markTexts}</p>}
      {notes.length > 0 && (
        // On lines of their own: neither cuts the other.
        <p className="text-waiting leading-5">
          {notes.map((note, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a handful of texts without a state.
            <span key={i}>
              {i > 0 && ' · '}
              {note}
            </span>
          ))}
        </p>
      )}
    </footer>
  )
}

/** What an x that goes back and forth makes of lines, and the other way to draw them. */
function TurningNote(props: {
  readonly turning: ChartModel['turning']
  readonly xName: string
  readonly applySettings: (settings: AppliedSettings) => void
}): ReactElement {
  const { turning, xName, applySettings } = props
  const { lineCount, loggedCount } = turning
  const button = (joinsAsLogged: boolean, text: string): ReactElement => (
    <button className="underline" onClick={() => applySettings({ joinsAsLogged })} type="button">
      {text}
    </button>
  )
  if (loggedCount === 0) {
    return (
      <>
        {xName} goes back: joined by x, {button(true, 'join as logged')}
      </>
    )
  }
  const long = lineCount - loggedCount
  return (
    <>
      Joined as logged{long > 0 && `, ${formatCount(long, 'line')} too long for it`}, {button(false, 'join by x')}
    </>
  )
}
