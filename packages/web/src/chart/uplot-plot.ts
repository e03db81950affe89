import uPlot from 'uplot'
import { drawContent } from './draw-content.ts'
import { createOverlay } from './overlay.ts'
import type { CreatePlotOptions, Plot, PlotColors, PlotContent, PlotCursor } from './plot.ts'
import { createProjection, type Projection } from './projection.ts'
import { durationIncrements, formatDurationTicks, formatLogTicks, formatTicks, logTicks } from './ticks.ts'

const axisFont = '11px system-ui, sans-serif'

/** Two lines: times, and below them the day. */
const timeAxisSize = 38

/** A {@link Plot} on uPlot, which keeps axes, grid, scales and pixel ratios; lines are drawn by `drawContent`. */
export function createUplotPlot(options: CreatePlotOptions): Plot {
  let { colors, content } = options
  let size = { width: options.width, height: options.height }
  let cursor: PlotCursor | undefined
  let frame: number | undefined
  // uPlot's kinds of scale are fixed at birth, so a change of kind makes a new chart inside the same elements.
  let chart = create()
  const area = document.createElement('div')
  area.className = 'plot-area'
  options.target.append(area)
  const overlay = createOverlay(area)
  placeArea()

  function create(): uPlot {
    return new uPlot(
      uplotOptions(
        size,
        () => content,
        () => colors,
        paintLinesSoon,
      ),
      [[...content.x], [null, null]],
      options.target,
    )
  }
  // A change of content makes uPlot clear and paint its axes several times; lines wait for the last of them.
  function paintLinesSoon(): void {
    frame ??= requestAnimationFrame(() => {
      frame = undefined
      drawLines(chart, content)
    })
  }
  function applyScales(): void {
    chart.batch(() => {
      chart.setScale('x', { min: content.x[0], max: content.x[1] })
      chart.setScale('y', { min: content.y[0], max: content.y[1] })
    })
  }
  function placeArea(): void {
    const { left, top, width, height } = cssBox(chart)
    Object.assign(area.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` })
    overlay.setSize(width, height)
    paintOverlay()
  }
  function projection(): Projection {
    const { width, height } = cssBox(chart)
    return createProjection({ left: 0, top: 0, width, height }, content.x, content.y, content)
  }
  function paintOverlay(): void {
    overlay.paint({ cursor, content, colors, projection: projection() })
  }
  applyScales()

  return {
    area,
    projection,
    setSize(width, height) {
      size = { width, height }
      chart.setSize(size)
      placeArea()
    },
    setContent(next) {
      const isSameKind =
        next.isLogX === content.isLogX && next.isLogY === content.isLogY && next.xFormat === content.xFormat
      content = next
      if (!isSameKind) {
        chart.destroy()
        chart = create()
        options.target.append(area)
      }
      applyScales()
      // The same scales with other lines: uPlot sees no change and would not paint.
      chart.redraw(false, false)
      placeArea()
    },
    setCursor(next) {
      cursor = next
      paintOverlay()
    },
    setColors(next) {
      colors = next
      chart.redraw(false, true)
      paintOverlay()
    },
    destroy() {
      if (frame !== undefined) cancelAnimationFrame(frame)
      overlay.destroy()
      chart.destroy()
      area.remove()
    },
  }
}

function uplotOptions(
  size: { width: number; height: number },
  content: () => PlotContent,
  colors: () => PlotColors,
  paintLines: () => void,
): uPlot.Options {
  const { isLogX, isLogY, xFormat } = content()
  const axis: uPlot.Axis = {
    font: axisFont,
    stroke: () => colors().axis,
    grid: { stroke: () => colors().grid, width: 1 },
    ticks: { show: false },
  }
  return {
    ...size,
    // Half of the last label of the x axis stands to the right of its tick.
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: xFormat === 'time', distr: isLogX ? 3 : 1, auto: false, range: () => [...content().x] },
      y: { distr: isLogY ? 3 : 1, auto: false, range: () => [...content().y] },
    },
    axes: [
      { ...axis, size: xFormat === 'time' ? timeAxisSize : 24, gap: 4, space: 56, ...xTicks(content()) },
      { ...axis, size: yAxisSize, gap: 6, space: 32, ...yTicks(isLogY) },
    ],
    series: [{}, { paths: () => null, points: { show: false } }],
    hooks: { draw: [paintLines] },
  }
}

function xTicks({ xFormat, isLogX }: PlotContent): uPlot.Axis {
  if (xFormat === 'time') return {}
  if (xFormat === 'duration') {
    const values = (_: uPlot, ticks: number[]): string[] => formatDurationTicks(ticks)
    return isLogX ? { ...logAxis, values } : { values, incrs: [...durationIncrements] }
  }
  return isLogX ? logAxis : { values: (_, ticks) => formatTicks(ticks) }
}

function yTicks(isLog: boolean): uPlot.Axis {
  return isLog ? logAxis : { values: (_, ticks) => formatTicks(ticks) }
}

/** uPlot would drop most labels of a log axis; ours are few enough to keep. */
const logAxis: uPlot.Axis = {
  splits: (_chart, _axis, low, high) => logTicks(low, high),
  filter: (_, ticks) => ticks,
  values: (_, ticks) => formatLogTicks(ticks),
}

function yAxisSize(_: uPlot, labels: string[] | null): number {
  const longest = Math.max(3, ...(labels ?? []).map((label) => label?.length ?? 0))
  return Math.ceil(longest * 6.4) + 14
}

function drawLines(chart: uPlot, content: PlotContent): void {
  const { ctx, bbox } = chart
  const devicePixelRatio = ctx.canvas.width / chart.width
  const at = createProjection(bbox, content.x, content.y, content)
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  drawContent(ctx, content, at, devicePixelRatio)
  ctx.restore()
}

function cssBox(chart: uPlot): { left: number; top: number; width: number; height: number } {
  const ratio = chart.ctx.canvas.width / chart.width
  const { left, top, width, height } = chart.bbox
  return { left: left / ratio, top: top / ratio, width: width / ratio, height: height / ratio }
}
