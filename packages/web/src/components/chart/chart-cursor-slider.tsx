import { type KeyboardEvent, type ReactElement, useState } from 'react'
import { zoomAround } from '../../chart/axis-range.ts'
import { elementCount } from '../../chart/chart-line.ts'
import { type CursorReading, drawnValue, isInherited, readAt, readElement } from '../../chart/cursor-reading.ts'
import type { Chart } from '../../hooks/chart/use-chart.ts'
import type { PanelActions } from '../../hooks/workspace/use-panel-actions.ts'
import { useServices } from '../../services.ts'
import { formatValue } from '../../view/text/unit.ts'
import type { PanelInfo } from '../../view/workspace/sections.ts'

/**
 * The crosshair for the keyboard and for screen readers: a slider over the points of one run, ↑ and ↓ change the run. It covers
 * the chart for the focus ring only and lets pointers through.
 */
export function ChartCursorSlider(props: {
  readonly chart: Chart
  readonly panel: PanelInfo
  readonly xName: string
  readonly formatX: (x: number) => string
  readonly actions: PanelActions
}): ReactElement | null {
  const { chart, panel, xName, formatX, actions } = props
  const { cursorHub } = useServices()
  const [at, setAt] = useState<{ readonly runId: string; readonly element: number }>()
  const lines = chart.model.lines.filter((line) => elementCount(line.series) > 0)
  const line = lines.find(({ runId }) => runId === at?.runId) ?? lines[0]
  if (!line) return null
  const last = elementCount(line.series) - 1
  const element = Math.min(at?.runId === line.runId ? at.element : last, last)
  const reading = readElement(line, element)

  const moveTo = (next: CursorReading): void => {
    setAt({ runId: next.line.runId, element: next.element })
    const runId = lines.length > 1 ? next.line.runId : undefined
    cursorHub.set({ panelId: panel.panelId, at: { xId: chart.xId, x: next.x }, runId })
  }
  const moveBy = (distance: number): void => moveTo(readElement(line, Math.max(0, Math.min(last, element + distance))))
  const changeRun = (distance: number): void => {
    const next = lines[(lines.indexOf(line) + distance + lines.length) % lines.length]
    const nextReading = next && readAt(next, reading.x)
    if (nextReading) moveTo(nextReading)
    else if (next) moveTo(readElement(next, elementCount(next.series) - 1))
  }
  const zoomBy = (factor: number): void => {
    const view = chart.model.content?.x
    if (view) actions.zoom(zoomAround(view, reading.x, factor, chart.model.content?.isLogX ?? false), undefined)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? 10 : 1
    const moves = new Map<string, () => void>([
      ['ArrowLeft', () => moveBy(-step)],
      ['ArrowRight', () => moveBy(step)],
      ['ArrowUp', () => changeRun(-1)],
      ['ArrowDown', () => changeRun(1)],
      ['Home', () => moveBy(-last)],
      ['End', () => moveBy(last)],
      ['+', () => zoomBy(0.5)],
      ['=', () => zoomBy(0.5)],
      ['-', () => zoomBy(2)],
    ])
    const move = moves.get(event.key)
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    move()
  }
  return (
    <div
      aria-label={`${panel.title}, ${line.label}, cursor`}
      aria-valuemax={last}
      aria-valuemin={0}
      aria-valuenow={element}
      aria-valuetext={valueText(reading, lines.length, rankOf(reading, chart), xName, formatX)}
      className="pointer-events-none absolute inset-0 rounded"
      onBlur={() => cursorHub.set(undefined)}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && moveTo(reading)}
      onKeyDown={onKeyDown}
      role="slider"
      tabIndex={0}
    />
  )
}

function valueText(
  reading: CursorReading,
  runCount: number,
  rank: number,
  xName: string,
  formatX: (x: number) => string,
): string {
  const format = (value: number): string => formatValue(value, reading.line.unit ?? '')
  const place = runCount > 1 ? `, number ${rank} of ${runCount} from the top` : ''
  const bucket = reading.bucket
    ? `, ${reading.bucket.count} points from ${format(reading.bucket.min)} to ${format(reading.bucket.max)}`
    : ''
  const origin = isInherited(reading) ? ', inherited' : ''
  return `${xName} ${formatX(reading.x)}: ${reading.line.label} ${format(drawnValue(reading))}${origin}${bucket}${place}`
}

function rankOf(reading: CursorReading, chart: Chart): number {
  const value = drawnValue(reading)
  const higher = chart.model.lines.filter((line) => {
    const other = line.runId === reading.line.runId ? undefined : readAt(line, reading.x, 0)
    return other !== undefined && drawnValue(other) > value
  })
  return higher.length + 1
}
