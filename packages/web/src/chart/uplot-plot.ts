import uPlot from 'uplot'
import type { YScale } from '../view/chart/y-scale.ts'
import { freeCanvas } from './canvas-pool.ts'
import { drawContent } from './draw-content.ts'
import { createOverlay } from './overlay.ts'
import type { CreatePlotOptions, Plot, PlotColors, PlotContent, PlotCursor } from './plot.ts'
import { type Box, createProjection, type Projection } from './projection.ts'
import { symlogTicks, symlogUnit } from './symlog.ts'
import {
  durationIncrements,
  formatDurationTicks,
  formatLogTicks,
  formatTicks,
  formatTimeTicksFrom,
  integerIncrements,
  isTimeFormat,
  logTicks,
  ticksFor,
  timeTickSpace,
  zoneOf,
} from './ticks.ts'
import { formatUnitTicks, multiplesIn, unitIncrements } from './unit-ticks.ts'

const axisFont = '11px system-ui, sans-serif'

const xTitleSize = 15

/** Two lines: times, and below them the day. */
const timeAxisSize = 38

/** A {@link Plot} on uPlot, which keeps axes, grid, scales and pixel ratios; lines are drawn by `drawContent`. */
export function createUplotPlot(options: CreatePlotOptions): Plot {
  let { colors, content } = options
  let size = { width: options.width, height: options.height }
  let cursor: PlotCursor | undefined
  let isDrawn = false
  let placed: Box | undefined
  // uPlot's kinds of scale are fixed at birth, so a change of kind makes a new chart inside the same elements.
  let chart = create()
  const area = document.createElement('div')
  area.className = 'plot-area'
  const axes = { x: createStrip('x'), y: createStrip('y') }
  options.target.append(area, axes.x, axes.y)
  const overlay = createOverlay(area)
  placeArea()

  function create(): uPlot {
    const made = new uPlot(
      uplotOptions(
        size,
        () => content,
        () => colors,
        (self) => {
          if (isDrawn) options.onDrawn(drawLines(self, content))
        },
      ),
      [[...content.x], [null, null]],
      options.target,
    )
    // What it draws is told in words beside it; what is over the lines may be reached by keyboard.
    made.root.setAttribute('aria-hidden', 'true')
    applyScales(made)
    if (!isDrawn) takeAway(made.ctx.canvas)
    return made
  }
  // In a batch uPlot paints at once and once, also where the scales are as they were.
  function applyScales(to: uPlot): void {
    to.batch(() => setScales(to))
  }
  function setScales(to: uPlot): void {
    to.setScale('x', { min: content.x[0], max: content.x[1] })
    to.setScale('y', { min: content.y[0], max: content.y[1] })
  }
  function placeArea(): void {
    const box = cssBox(chart)
    const { left, top, width, height } = box
    // Most new data leave everything where it is, and styles that are set would be looked at all the same.
    const isSame = placed && placed.left === left && placed.top === top && placed.width === width
    if (isSame && placed?.height === height) return
    placed = box
    Object.assign(area.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` })
    Object.assign(axes.x.style, { left: `${left}px`, top: `${top + height}px`, width: `${width}px`, bottom: '0' })
    Object.assign(axes.y.style, { left: '0', top: `${top}px`, width: `${left}px`, height: `${height}px` })
  }
  function projection(): Projection {
    const { width, height } = cssBox(chart)
    return createProjection({ left: 0, top: 0, width, height }, content.x, content.y, content)
  }
  function paintOverlay(): void {
    overlay.paint({ cursor: isDrawn ? cursor : undefined, content, colors, projection: projection() })
  }
  /** Everything anew, at the size and with the scales that it should have by now. */
  function redraw(): void {
    chart.batch(() => {
      chart.setSize(size)
      setScales(chart)
    })
    placeArea()
    paintOverlay()
  }
  return {
    area,
    axes,
    projection,
    setDrawn(next) {
      if (next === isDrawn) return
      isDrawn = next
      const { canvas } = chart.ctx
      if (!isDrawn) {
        takeAway(canvas)
        paintOverlay()
        return
      }
      chart.root.querySelector('.u-wrap')?.prepend(canvas)
      redraw()
    },
    setSize(width, height) {
      if (size.width === width && size.height === height) return
      size = { width, height }
      if (isDrawn) redraw()
    },
    setContent(next) {
      if (next === content) return
      const isSame = isSameKind(next, content)
      content = next
      if (!isSame) {
        chart.destroy()
        chart = create()
        options.target.append(area, axes.x, axes.y)
      } else if (isDrawn) {
        applyScales(chart)
      }
      placeArea()
      if (isDrawn) paintOverlay()
    },
    setCursor(next) {
      cursor = next
      if (isDrawn) paintOverlay()
    },
    setColors(next) {
      if (JSON.stringify(next) === JSON.stringify(colors)) return
      colors = next
      if (!isDrawn) return
      chart.batch(() => chart.redraw(false, true))
      paintOverlay()
    },
    destroy() {
      overlay.destroy()
      chart.destroy()
      area.remove()
      axes.x.remove()
      axes.y.remove()
    },
  }
}

/** Off the page, with its memory. */
function takeAway(canvas: HTMLCanvasElement): void {
  canvas.remove()
  freeCanvas(canvas)
}

/** The keyboard has the ranges in the settings, and keys of the chart's cursor. */
function createStrip(direction: 'x' | 'y'): HTMLElement {
  const strip = document.createElement('div')
  strip.className = `plot-axis plot-axis-${direction}`
  strip.title = 'Drag to move the axis, at an end to scale it; double-click to reset it'
  strip.setAttribute('aria-hidden', 'true')
  return strip
}

/** uPlot's numbers for kinds of scales. */
const distributions: Readonly<Record<YScale, 1 | 3 | 4>> = { linear: 1, log: 3, symlog: 4 }

/** What uPlot fixes when a chart is made. */
function isSameKind(a: PlotContent, b: PlotContent): boolean {
  const hasSameZero = a.yScale !== 'symlog' || symlogUnit(a.y) === symlogUnit(b.y)
  const isSameX = a.isLogX === b.isLogX && a.xFormat === b.xFormat
  const isSameFrame = a.xTitle === b.xTitle && a.isWholeY === b.isWholeY
  return isSameX && isSameFrame && a.yScale === b.yScale && a.yUnit === b.yUnit && hasSameZero
}

function uplotOptions(
  size: { width: number; height: number },
  content: () => PlotContent,
  colors: () => PlotColors,
  paintLines: (chart: uPlot) => void,
): uPlot.Options {
  const { isLogX, yScale, y, xFormat, xTitle } = content()
  const isTime = isTimeFormat(xFormat)
  const axis: uPlot.Axis = {
    font: axisFont,
    stroke: () => colors().axis,
    grid: { stroke: () => colors().grid, width: 1 },
    ticks: { show: false },
  }
  return {
    ...size,
    ...(xFormat === 'utc-time' && { tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC') }),
    // Half of the last label of the x axis stands to the right of its tick.
    padding: [8, () => (isTime ? timeTickSpace(rangeOf(content().x)) / 2 - 8 : 20), 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: isTime, distr: isLogX ? 3 : 1, auto: false, range: () => [...content().x] },
      y: { distr: distributions[yScale], asinh: symlogUnit(y), auto: false, range: () => [...content().y] },
    },
    axes: [
      {
        ...axis,
        size: isTime ? timeAxisSize : 24,
        gap: 4,
        space: xSpace(content),
        ...(xTitle !== undefined && { label: xTitle, labelFont: axisFont, labelSize: xTitleSize, labelGap: 0 }),
        ...xTicks(content()),
      },
      { ...axis, size: yAxisSize, gap: 6, space: 32, ...yTicks(content()) },
    ],
    series: [{}, { paths: () => null, points: { show: false } }],
    hooks: { draw: [paintLines] },
  }
}

function xSpace(content: () => PlotContent): uPlot.Axis.Space {
  const { xFormat } = content()
  return isTimeFormat(xFormat) ? (_chart, _axis, low, high) => timeTickSpace(high - low) : 56
}

function rangeOf([low, high]: PlotContent['x']): number {
  return high - low
}

function xTicks({ xFormat, isLogX }: PlotContent): uPlot.Axis {
  if (isTimeFormat(xFormat)) {
    return { values: (chart, ticks) => formatTimeTicksFrom(chart.scales.x?.min ?? -Infinity, ticks, zoneOf(xFormat)) }
  }
  if (xFormat === 'duration') {
    const values = (_: uPlot, ticks: number[]): string[] => formatDurationTicks(ticks)
    return isLogX ? { ...logAxis, values } : { values, incrs: [...durationIncrements] }
  }
  if (isLogX) return { ...logAxis, splits: (_chart, _axis, low, high) => ticksFor(xFormat, logTicks(low, high)) }
  return { values: (_, ticks) => formatTicks(ticks), ...(xFormat === 'integer' && { incrs: [...integerIncrements] }) }
}

function yTicks({ yScale, yUnit, isWholeY }: PlotContent): uPlot.Axis {
  const values = (_: uPlot, ticks: number[]): string[] => formatUnitTicks(ticks, yUnit, yScale)
  if (yScale === 'symlog') return { ...logAxis, values, splits: (_chart, _axis, low, high) => symlogTicks(low, high) }
  if (yScale === 'log') return { ...logAxis, values }
  if (unitIncrements(yUnit, 1) === undefined) return { values, ...(isWholeY && { incrs: [...integerIncrements] }) }
  // It is asked with the ends of the axis, and what is round depends on them.
  const incrs: uPlot.Axis.Incrs = (_chart, _axis, low, high) =>
    unitIncrements(yUnit, Math.max(Math.abs(low), Math.abs(high))) ?? []
  // uPlot rounds ticks to the digits that it knows of a distance: of 102.4 MiB it knows none.
  const splits: uPlot.Axis.Splits = (_chart, _axis, low, high, distance) => multiplesIn(low, high, distance)
  return { values, incrs, splits }
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

/** @returns As `drawContent`. */
function drawLines(chart: uPlot, content: PlotContent): number {
  const { ctx, bbox } = chart
  const devicePixelRatio = pixelRatioOf(chart)
  const at = createProjection(bbox, content.x, content.y, content)
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  const noisyCount = drawContent(ctx, content, at, devicePixelRatio)
  ctx.restore()
  return noisyCount
}

function cssBox(chart: uPlot): Box {
  const ratio = pixelRatioOf(chart)
  const { left, top, width, height } = chart.bbox
  return { left: left / ratio, top: top / ratio, width: width / ratio, height: height / ratio }
}

/** That of its canvas, which may be older than the screen's; of one that was taken away, what the next will have. */
function pixelRatioOf({ ctx, width }: uPlot): number {
  return ctx.canvas.width > 0 ? ctx.canvas.width / width : uPlot.pxRatio
}
