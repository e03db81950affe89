import { type ReactElement, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ChartLine } from '../chart/chart-line.ts'
import type { SharedCursor } from '../chart/cursor-hub.ts'
import { type CursorReading, drawnValue, readAt, readingsAt } from '../chart/cursor-reading.ts'
import type { Plot, PlotColors, PlotContent, PlotCursor } from '../chart/plot.ts'
import { attachPointer, type Position } from '../chart/pointer.ts'
import type { Projection } from '../chart/projection.ts'
import { createUplotPlot } from '../chart/uplot-plot.ts'
import { useTheme } from '../hooks/use-store.ts'
import { useServices } from '../services.ts'
import { formatNumber } from '../view/format.ts'
import type { Range } from '../view/url-state.ts'
import { ChartTooltip } from './chart-tooltip.tsx'

/** A run this near to the pointer is meant by it. */
const emphasisDistance = 24
/** Dots on every line are help for ten lines and noise for a hundred. */
const dotLinesMax = 20

/** What a line chart shows and reports. */
export interface LineChartProps {
  readonly panelId: string
  readonly xId: string
  readonly content: PlotContent
  readonly width: number
  readonly height: number
  readonly xName: string
  readonly formatX: (x: number) => string
  readonly onZoom: (x: Range, y: Range | undefined) => void
  readonly onPan: (x: Range) => void
  readonly onReset: () => void
  readonly onOnlyRun: (runId: string) => void
}

interface Tip {
  readonly readings: readonly CursorReading[]
  readonly position: Position
}

/** The canvas of a chart, its crosshair and tooltip. Hidden from assistive technology: the panel says the same in words. */
export function LineChart(props: LineChartProps): ReactElement {
  const { panelId, xId, content, width, height, formatX } = props
  const { cursorHub } = useServices()
  const theme = useTheme()
  const holder = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot>(undefined)
  // Handlers are attached once and always see the latest props.
  const latest = useRef(props)
  latest.current = props
  const pointer = useRef<Position>(undefined)
  const [tip, setTip] = useState<Tip>()
  const [pinned, setPinned] = useState<Tip>()

  const hover = useCallback(
    (position: Position | undefined) => {
      pointer.current = position
      if (!position || !plot.current) return cursorHub.set(undefined)
      const { lines } = latest.current.content
      const at = plot.current.projection()
      const nearest = readingsAt(lines, at, position)[0]
      const isMeant = nearest && Math.abs(at.toTop(drawnValue(nearest)) - position.top) < emphasisDistance
      cursorHub.set({
        panelId: latest.current.panelId,
        at: { xId: latest.current.xId, x: nearest?.x ?? at.fromLeft(position.left) },
        runId: isMeant && lines.length > 1 ? nearest.line.runId : undefined,
      })
    },
    [cursorHub],
  )

  useLayoutEffect(() => {
    const target = holder.current
    if (!target) return
    const { content, width, height } = latest.current
    const created = createUplotPlot({ target, width, height, content, colors: readColors(target) })
    plot.current = created
    const detach = attachPointer(created.area, {
      projection: () => created.projection(),
      onHover: hover,
      onClick: (position, event) => {
        const readings = readingsAt(latest.current.content.lines, created.projection(), position)
        if (event.altKey && readings[0]) return latest.current.onOnlyRun(readings[0].line.runId)
        setPinned((old) => (old ? undefined : { readings, position }))
      },
      onZoom: (x, y) => latest.current.onZoom(x, y),
      onPan: (x) => latest.current.onPan(x),
      onReset: () => latest.current.onReset(),
    })
    return () => {
      detach()
      created.destroy()
      plot.current = undefined
    }
  }, [hover])
  useLayoutEffect(() => plot.current?.setSize(width, height), [width, height])
  useLayoutEffect(() => plot.current?.setContent(content), [content])
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours change with the theme.
  useLayoutEffect(() => {
    if (holder.current) plot.current?.setColors(readColors(holder.current))
  }, [theme])

  useEffect(() => {
    return cursorHub.subscribe((cursor) => {
      if (!plot.current) return
      const isMine = cursor?.panelId === panelId
      const { lines } = latest.current.content
      plot.current.setCursor(cursor && toPlotCursor(cursor, lines, xId, isMine))
      if (!cursor?.at || !isMine) return setTip(undefined)
      const at = plot.current.projection()
      const position = pointer.current ?? positionOf(cursor, cursor.at.x, lines, at)
      setTip({ readings: readingsAt(lines, at, position), position })
    })
  }, [cursorHub, panelId, xId])

  const shown = pinned ?? tip
  return (
    <div aria-hidden="true" className="plot" ref={holder} style={{ width, height }}>
      {shown && shown.readings.length > 0 && plot.current && (
        <ChartTooltip
          anchor={plot.current.area}
          formatX={formatX}
          isPinned={pinned !== undefined}
          left={plot.current.projection().toLeft(shown.readings[0]?.x ?? 0)}
          onClose={() => setPinned(undefined)}
          readings={shown.readings}
          top={shown.position.top}
          xName={props.xName}
        />
      )}
    </div>
  )
}

/** Where the keyboard's cursor is: on the line that it follows. */
function positionOf({ runId }: SharedCursor, x: number, lines: readonly ChartLine[], at: Projection): Position {
  const line = lines.find((one) => one.runId === runId) ?? lines[0]
  const reading = line && readAt(line, x)
  return { left: at.toLeft(x), top: reading ? at.toTop(drawnValue(reading)) : 0 }
}

function toPlotCursor(
  { at, runId }: SharedCursor,
  lines: readonly ChartLine[],
  xId: string,
  isMine: boolean,
): PlotCursor {
  if (at?.xId !== xId) return { x: undefined, emphasizedRunId: runId, dots: [], label: undefined }
  const meant = lines.filter((line) => runId === undefined || line.runId === runId)
  const marked = meant.length <= dotLinesMax ? meant : []
  const readings = marked.flatMap((line) => readAt(line, at.x, 0) ?? [])
  const first = readings[0]
  return {
    x: at.x,
    emphasizedRunId: runId,
    dots: readings.map((reading) => ({ x: reading.x, y: drawnValue(reading), color: reading.line.style.color })),
    // One name beside the crosshair: the run that is meant. Any other choice among many would mislead.
    label: isMine || !first || meant.length > 1 ? undefined : `${first.line.label} ${formatNumber(drawnValue(first))}`,
  }
}

function readColors(element: HTMLElement): PlotColors {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return { panel: token('--panel'), axis: token('--muted'), grid: token('--grid'), crosshair: token('--crosshair') }
}
