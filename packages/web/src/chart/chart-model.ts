import type { RunSummary, Series, SeriesX } from '@lossline/protocol'
import type { CachedSeries } from '../api/series-cache.ts'
import { runStyle, type Theme } from '../view/palette.ts'
import type { Range } from '../view/url-state.ts'
import { xFormat } from '../view/x-axis.ts'
import { countNonPositive, fullXRange, visibleYRange } from './axis-range.ts'
import { type ChartLine, elementCount, elementYs } from './chart-line.ts'
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
  readonly nonFiniteCount: number
}

/** What a model is made of. */
export interface ChartModelInput {
  /** Runs to draw, in list order. */
  readonly runs: readonly Pick<RunSummary, 'runId' | 'displayName' | 'number'>[]
  readonly series: ReadonlyMap<string, CachedSeries>
  readonly x: SeriesX
  readonly zoomX: Range | undefined
  readonly zoomY: Range | undefined
  readonly isLogX: boolean
  readonly isLogY: boolean
  readonly theme: Theme
}

/** Turns what the server sent into what a plot draws. */
export function toChartModel(input: ChartModelInput): ChartModel {
  const { runs, series, x, zoomX, zoomY, isLogX, isLogY, theme } = input
  const lines = runs.flatMap((run): ChartLine[] => {
    const entry = series.get(run.runId)
    if (!entry || entry.series.pointCount + entry.series.hiddenPointCount === 0) return []
    return [{ runId: run.runId, label: run.displayName, style: runStyle(run.number, theme), ...entry }]
  })
  const fullX = fullXRange(lines, isLogX)
  const rangeX = zoomX && (!isLogX || zoomX[0] > 0) ? zoomX : fullX
  const undrawable = whyUndrawable(lines, isLogY)
  const rangeY =
    rangeX && ((!isLogY || (zoomY && zoomY[0] > 0) ? zoomY : undefined) ?? visibleYRange(lines, rangeX, isLogY))
  const xRange = rangeX ?? fullX
  return {
    lines,
    fullX,
    content:
      xRange && !undrawable && lines.some((line) => elementCount(line.series) > 0)
        ? { lines, x: xRange, y: rangeY ?? fallbackY(isLogY), isLogX, isLogY, xFormat: xFormat(x) }
        : undefined,
    undrawable,
    hiddenXCount: sum(lines, (line) => line.series.hiddenPointCount),
    hiddenYCount: isLogY && xRange ? countNonPositive(lines, xRange) : 0,
    nonFiniteCount: sum(lines, (line) => line.series.nonFinite.x.length),
  }
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
