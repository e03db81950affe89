import { type ReactElement, Suspense, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import { attachAxisPointer } from '../../chart/axis-pointer.ts'
import type { SharedCursor } from '../../chart/cursor-hub.ts'
import { drawnValue } from '../../chart/cursor-reading.ts'
import { someDrawnPoints } from '../../chart/drawn-points.ts'
import type { Plot, PlotColors, PlotContent } from '../../chart/plot.ts'
import { positionOf, type Tip, tipAt, toPlotCursor } from '../../chart/plot-cursor.ts'
import type { MarkCluster } from '../../chart/plot-marks.ts'
import { attachPointer, type Position } from '../../chart/pointer.ts'
import { createUplotPlot } from '../../chart/uplot-plot.ts'
import { useNear } from '../../hooks/chart/use-near.ts'
import { useTheme } from '../../hooks/use-store.ts'
import type { AxisActions } from '../../hooks/workspace/use-panel-actions.ts'
import { useServices } from '../../services.ts'
import type { Range, TooltipOrder } from '../../view/address/url-state.ts'
import type { LegendPart } from '../../view/chart/legend-template.ts'
import { ChartMarks } from './chart-marks.tsx'
import type { PointSource } from './chart-tooltip.tsx'
import { LazyChartTooltip, preloadChartTooltip } from './lazy-chart-tooltip.tsx'

/** A run this near to the pointer is meant by it. */
const emphasisDistance = 24

/** What a line chart shows and reports. */
export interface LineChartProps {
  readonly panelId: string
  readonly xId: string
  readonly content: PlotContent
  readonly width: number
  readonly height: number
  readonly xName: string
  readonly formatX: (x: number) => string
  readonly tooltipOrder: TooltipOrder
  /** The run that a tooltip compares others with. */
  readonly baseline: string | undefined
  readonly pointSource: PointSource
  /** What its tooltip says of a point beside the run. */
  readonly pointTemplate: readonly LegendPart[] | undefined
  readonly onZoom: (x: Range, y: Range | undefined) => void
  readonly onRange: (x: Range) => void
  /** Is told how many lines shake so much that they would cover the others. */
  readonly onDrawn: (noisyCount: number) => void
  readonly onReset: () => void
  /** Axes that are taken hold of. */
  readonly onAxes: AxisActions
  readonly onOnlyRun: (runId: string) => void
}

/** A place that a tooltip stays at: x in the axis' unit, so that it stays there under another zoom. */
interface PinnedPlace {
  readonly x: number
  readonly top: number
}

/** The canvas of a chart, its crosshair and tooltip. What it draws, the panel says in words. */
export function LineChart(props: LineChartProps): ReactElement {
  const { panelId, xId, content, width, height, formatX } = props
  const { cursorHub } = useServices()
  const theme = useTheme()
  const holder = useRef<HTMLDivElement>(null)
  const isNear = useNear(holder)
  const plot = useRef<Plot>(undefined)
  // Handlers are attached once and always see the latest props.
  const latest = useRef(props)
  latest.current = props
  const pointer = useRef<Position>(undefined)
  const cursor = useRef<SharedCursor>(undefined)
  /** What the pointer has set, as long as nothing else, such as keys, has set another. */
  const pointed = useRef<SharedCursor>(undefined)
  const [area, setArea] = useState<HTMLElement>()
  const [tip, setTip] = useState<Tip>()
  const hasTip = useRef(false)
  hasTip.current = tip !== undefined
  const [pinnedPlace, setPinnedPlace] = useState<PinnedPlace>()
  const [pinned, setPinned] = useState<Tip>()

  const hover = useCallback(
    (position: Position | undefined) => {
      pointer.current = position
      pointed.current = undefined
      if (!position || !plot.current) return cursorHub.set(undefined)
      const { content, panelId, xId } = latest.current
      const at = plot.current.projection()
      const nearest = tipAt(content, at, position).readings[0]
      const isMeant = nearest && Math.abs(at.toTop(drawnValue(nearest)) - position.top) < emphasisDistance
      pointed.current = {
        panelId,
        at: { xId, x: nearest?.x ?? at.fromLeft(position.left) },
        runId: isMeant && content.lines.length > 1 ? nearest.line.runId : undefined,
      }
      cursorHub.set(pointed.current)
    },
    [cursorHub],
  )
  const showTip = useCallback(() => {
    const { current } = cursor
    if (!plot.current || !current?.at || current.panelId !== latest.current.panelId) return setTip(undefined)
    const { content } = latest.current
    const at = plot.current.projection()
    setTip(tipAt(content, at, pointer.current ?? positionOf(current, current.at.x, content.lines, at)))
  }, [])

  useLayoutEffect(() => {
    const target = holder.current
    if (!target) return
    const { content, width, height } = latest.current
    const created = createUplotPlot({
      ...{ target, width, height, content, colors: readColors(target) },
      onDrawn: (noisyCount) => latest.current.onDrawn(noisyCount),
    })
    plot.current = created
    setArea(created.area)
    const detach = attachPointer(created.area, {
      projection: () => created.projection(),
      onHover: hover,
      onClick: (position, event) => {
        const at = created.projection()
        const nearest = tipAt(latest.current.content, at, position).readings[0]
        if (event.altKey && nearest) return latest.current.onOnlyRun(nearest.line.runId)
        setPinnedPlace((old) => (old ? undefined : { x: at.fromLeft(position.left), top: position.top }))
      },
      onZoom: (x, y) => latest.current.onZoom(x, y),
      onRange: (x) => latest.current.onRange(x),
      onReset: () => latest.current.onReset(),
    })
    const letGo = [
      attachAxisPointer(created.axes.x, 'x', {
        axis: () => ({ range: created.projection().x, scale: created.projection().isLogX ? 'log' : 'linear' }),
        onStart: () => latest.current.onAxes.remember(),
        onChange: (x) => latest.current.onRange(x),
        onReset: () => latest.current.onAxes.resetX(),
      }),
      attachAxisPointer(created.axes.y, 'y', {
        axis: () => ({ range: created.projection().y, scale: created.projection().yScale }),
        onStart: () => latest.current.onAxes.remember(),
        onChange: (y) => latest.current.onAxes.panY(y),
        onReset: () => latest.current.onAxes.resetY(),
      }),
    ]
    return () => {
      for (const stop of letGo) stop()
      detach()
      created.destroy()
      plot.current = undefined
    }
  }, [hover])
  useEffect(preloadChartTooltip, [])
  useLayoutEffect(() => plot.current?.setSize(width, height), [width, height])
  useLayoutEffect(() => plot.current?.setContent(content), [content])
  useLayoutEffect(() => plot.current?.setDrawn(isNear), [isNear])
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours change with the theme.
  useLayoutEffect(() => {
    if (holder.current) plot.current?.setColors(readColors(holder.current))
  }, [theme])
  // What a tooltip reads changes with what is drawn: other smoothing, new points, another zoom.
  // biome-ignore lint/correctness/useExhaustiveDependencies: places in the plot change with its size.
  useLayoutEffect(() => {
    // The pointer stays where it is and is over something else.
    if (pointed.current) hover(pointer.current)
    showTip()
    if (!plot.current || !pinnedPlace) return setPinned(undefined)
    const at = plot.current.projection()
    const left = at.toLeft(pinnedPlace.x)
    const isInView = left >= 0 && left <= at.box.width
    setPinned(isInView ? tipAt(content, at, { left, top: pinnedPlace.top }) : undefined)
  }, [content, pinnedPlace, width, height, hover, showTip])

  useEffect(() => {
    return cursorHub.subscribe((next) => {
      cursor.current = next
      if (next !== pointed.current) pointed.current = pointer.current = undefined
      const isMine = next?.panelId === panelId
      plot.current?.setCursor(next && toPlotCursor(next, latest.current.content.lines, xId, isMine))
      // In the same frame: a tooltip of the next one would have the page laid out twice in each.
      if (isMine || hasTip.current) flushSync(showTip)
    })
  }, [cursorHub, panelId, xId, showTip])

  const focusMark = (cluster: MarkCluster | undefined): void => {
    const first = cluster?.marks[0]
    cursorHub.set(first && { panelId, at: { xId, x: first.x }, runId: first.runId })
  }
  const shown = pinned ?? tip
  const at = plot.current?.projection()
  return (
    <div className="plot" ref={holder} style={{ width, height }}>
      {area && createPortal(<ChartMarks content={content} onFocus={focusMark} width={width} />, area)}
      {shown && (shown.readings.length > 0 || shown.notes.length > 0) && area && at && (
        <Suspense>
          <LazyChartTooltip
            anchor={area}
            baseline={props.baseline}
            formatX={formatX}
            isPinned={pinned !== undefined}
            linePoints={() => someDrawnPoints(content, at)}
            left={shown.readings[0] ? at.toLeft(shown.readings[0].x) : shown.position.left}
            onClose={() => setPinnedPlace(undefined)}
            order={props.tooltipOrder}
            pointSource={props.pointSource}
            pointTemplate={props.pointTemplate}
            tip={shown}
            xName={props.xName}
          />
        </Suspense>
      )}
    </div>
  )
}

function readColors(element: HTMLElement): PlotColors {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return { panel: token('--panel'), axis: token('--muted'), grid: token('--grid'), crosshair: token('--crosshair') }
}
