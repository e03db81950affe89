import type { Series, SeriesX } from '@lossline/protocol'
import type { CachedSeries } from '../api/series-cache.ts'
import type { LineSource } from '../view/panels/line-queries.ts'
import type { Range } from '../view/url-state.ts'
import { xFormat } from '../view/x-axis.ts'
import { countNonPositive, fullXRange, visibleYRange } from './axis-range.ts'
import { type ChartLine, elementCount, elementYs } from './chart-line.ts'
import { centralYRange, countOutside } from './outliers.ts'
import type { PlotContent } from './plot.ts'

/** A chart ready to draw, and what it leaves out. */
export interface ChartModel {
  readonly lines: readonly ChartLine[]
  /** Undefined when there is nothing to draw. */
  readonly content: PlotContent | undefined
  /** Why there are points but nothing to draw: all are NaN or infinite, or a log y axis has no place for them. */
  readonly undrawable: 'not-finite' | 'not-positive' | undefined
  /** x of everything, zoomed or not. */
  readonly fullX: Range | undefined
  /** Points with x ≤ 0 on a log x axis. */
  readonly hiddenXCount: number
  /** Points or buckets with y ≤ 0 on a log y axis. */
  readonly hiddenYCount: number
  /** Points or buckets that reach beyond the ends of the y axis, unless somebody has zoomed in y. */
  readonly clippedCount: number
  readonly nonFiniteCount: number
}

/** What a model is made of. */
export interface ChartModelInput {
  /** Lines to draw, the foremost first. */
  readonly sources: readonly LineSource[]
  readonly series: ReadonlyMap<string, CachedSeries>
  readonly x: SeriesX
  readonly zoomX: Range | undefined
  readonly zoomY: Range | undefined
  readonly isLogX: boolean
  readonly isLogY: boolean
  /** The y range leaves out the most extreme values, which are marked at the edge. */
  readonly ignoresOutliers: boolean
  /** Ends of the y axis that somebody has set. */
  readonly yMin: number | undefined
  readonly yMax: number | undefined
}

/** Turns what the server sent into what a plot draws. */
export function toChartModel(input: ChartModelInput): ChartModel {
  const { sources, series, x, zoomX, zoomY, isLogX, isLogY } = input
  const lines = sources.flatMap(({ seriesId, runId, label, style }): ChartLine[] => {
    const entry = series.get(seriesId)
    if (!entry || entry.series.pointCount + entry.series.hiddenPointCount === 0) return []
    return [{ runId, label, style, ...entry }]
  })
  const fullX = fullXRange(lines, isLogX)
  const rangeX = zoomX && (!isLogX || zoomX[0] > 0) ? zoomX : fullX
  const undrawable = whyUndrawable(lines, isLogY)
  const rangeY =
    rangeX && ((!isLogY || (zoomY && zoomY[0] > 0) ? zoomY : undefined) ?? automaticY(lines, rangeX, input))
  const xRange = rangeX ?? fullX
  const y = rangeY ?? fallbackY(isLogY)
  return {
    lines,
    fullX,
    content:
      xRange && !undrawable && lines.some((line) => elementCount(line.series) > 0)
        ? { lines, x: xRange, y, isLogX, isLogY, xFormat: xFormat(x), marksClipped: zoomY === undefined }
        : undefined,
    undrawable,
    hiddenXCount: sum(lines, (line) => line.series.hiddenPointCount),
    hiddenYCount: isLogY && xRange ? countNonPositive(lines, xRange) : 0,
    clippedCount: xRange && zoomY === undefined ? countOutside(lines, xRange, y, isLogY) : 0,
    nonFiniteCount: sum(lines, (line) => line.series.nonFinite.x.length),
  }
}

/** What the axis shows where nobody has zoomed: set ends, else those of the data. */
function automaticY(
  lines: readonly ChartLine[],
  x: Range,
  { isLogY, ignoresOutliers, yMin, yMax }: ChartModelInput,
): Range | undefined {
  const usable = (end: number | undefined): number | undefined => (isLogY && (end ?? 1) <= 0 ? undefined : end)
  const whole = (ignoresOutliers ? centralYRange(lines, x, isLogY) : undefined) ?? visibleYRange(lines, x, isLogY)
  if (!whole) return undefined
  const [low, high] = [usable(yMin) ?? whole[0], usable(yMax) ?? whole[1]]
  return low < high ? [low, high] : whole
}

function whyUndrawable(lines: readonly ChartLine[], isLogY: boolean): ChartModel['undrawable'] {
  const hasFinite = lines.some(({ series }) => someElement(series, Number.isFinite))
  if (!hasFinite) return lines.some(({ series }) => series.nonFinite.x.length > 0) ? 'not-finite' : undefined
  const isDrawable = (value: number): boolean => Number.isFinite(value) && value > 0
  return isLogY && !lines.some(({ series }) => someElement(series, isDrawable)) ? 'not-positive' : undefined
}

function someElement(series: Series, test: (value: number) => boolean): boolean {
  return (series.kind === 'buckets' ? series.max : elementYs(series)).some(test)
}

/** Axis of a view without any value that it could show. */
function fallbackY(isLog: boolean): Range {
  return isLog ? [0.1, 10] : [0, 1]
}

function sum(lines: readonly ChartLine[], count: (line: ChartLine) => number): number {
  return lines.reduce((total, line) => total + count(line), 0)
}
