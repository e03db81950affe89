import type { Series, SeriesX } from '@lossline/protocol'
import type { CachedSeries } from '../api/series-cache.ts'
import type { Range } from '../view/address/url-state.ts'
import { xFormat, xName } from '../view/chart/x-axis.ts'
import type { YScale } from '../view/chart/y-scale.ts'
import type { AxisLimits } from '../view/panels/axis-limits.ts'
import type { LineForm } from '../view/panels/line-form.ts'
import type { LineSource } from '../view/panels/line-queries.ts'
import type { TimeZone } from '../view/text/time-zone.ts'
import { commonUnit } from '../view/text/unit.ts'
import { countNonPositive, fullXRange, visibleYRange } from './axis-range.ts'
import { type ChartLine, elementCount, elementXs, elementYs, isLogged, smoothedYs } from './chart-line.ts'
import { countNonFinite, type NonFiniteCounts } from './non-finite.ts'
import { centralYRange, countOutside } from './outliers.ts'
import type { PlotContent, XFormat } from './plot.ts'
import { marksOfLines } from './plot-marks.ts'
import { stackLines } from './stack-lines.ts'

/** A chart ready to draw, and what it leaves out. */
export interface ChartModel {
  readonly lines: readonly ChartLine[]
  /** Runs of the groups among them, where they are drawn too. */
  readonly members: readonly ChartLine[]
  /** Undefined when there is nothing to draw. */
  readonly content: PlotContent | undefined
  /** Why there are points but nothing to draw: all are NaN or infinite, or a log y axis has no place for them. */
  readonly undrawable: 'not-finite' | 'not-positive' | undefined
  /** What y shows where nobody has zoomed; undefined without a value in view. */
  readonly ownY: Range | undefined
  /** x of everything, zoomed or not. */
  readonly fullX: Range | undefined
  /** Points with x ≤ 0 on a log x axis. */
  readonly hiddenXCount: number
  /** Points or buckets with y ≤ 0 on a log y axis. */
  readonly hiddenYCount: number
  /** Points or buckets that reach beyond the ends of the y axis, unless somebody has zoomed in y. */
  readonly clippedCount: number
  /** Lines of runs whose x goes back and forth, and how many of them are joined as they were logged. */
  readonly turning: { readonly lineCount: number; readonly loggedCount: number }
  /** In view. */
  readonly nonFinite: NonFiniteCounts
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
  readonly yScale: YScale
  /** The y range leaves out the most extreme values, which are marked at the edge. */
  readonly ignoresOutliers: boolean
  readonly breaksGaps: boolean
  /** What smoothed lines were made of stands behind them. */
  readonly showsOriginal: boolean
  /** See `PlotContent`. */
  readonly drawsEveryStroke: boolean
  /** Runs that somebody marked. */
  readonly pins: readonly string[]
  /** Whose clock a wall time is written by. */
  readonly timeZone: TimeZone
  readonly form: LineForm
  /** What is marked at the lines, and up to which x those of forked runs are another run's, by run ids. */
  readonly notes: Pick<PlotContent, 'marks' | 'pins'> & { readonly inherited: ReadonlyMap<string, number> }
  /** What somebody has set of the axes. */
  readonly limits: AxisLimits
}

/** Turns what the server sent into what a plot draws. */
export function toChartModel(input: ChartModelInput): ChartModel {
  const { sources, series, x, zoomX, zoomY, isLogX, yScale, limits, notes, breaksGaps, form, timeZone, pins } = input
  const isLogY = yScale === 'log'
  const toLines = ({ seriesId, runId, label, style, unit, isMember }: LineSource): ChartLine[] => {
    const entry = series.get(seriesId)
    if (!entry || entry.series.pointCount + entry.series.hiddenPointCount === 0) return []
    const inheritedTo = notes.inherited.get(runId)
    const isPinned = pins.includes(runId)
    // What is behind smoothed members would hide the lines of their groups.
    const isOnlySmoothed = (isMember || !input.showsOriginal) && smoothedYs(entry.series) !== undefined
    return [
      {
        ...{ runId, label, style, unit, ...entry, isPinned },
        ...(inheritedTo !== undefined && { inheritedTo }),
        ...(isOnlySmoothed && { isOnlySmoothed }),
      },
    ]
  }
  const lines = sources.filter(({ isMember }) => !isMember).flatMap(toLines)
  const members = sources.filter(({ isMember }) => isMember).flatMap(toLines)
  const fullX = fullXRange(lines, isLogX, x.kind === 'wall')
  const rangeX = zoomX && (!isLogX || zoomX[0] > 0) ? zoomX : limitedX(fullX, limits, isLogX)
  const undrawable = whyUndrawable(lines, isLogY)
  const drawn = form === 'stacked' || form === 'percent' ? stackLines(lines, form) : lines
  const ownY = rangeX && automaticY([...drawn, ...members], rangeX, input)
  const rangeY = rangeX && ((!isLogY || (zoomY && zoomY[0] > 0) ? zoomY : undefined) ?? ownY)
  const xRange = rangeX ?? fullX
  const y = rangeY ?? fallbackY(isLogY)
  return {
    lines,
    members,
    ownY,
    fullX,
    content:
      xRange && !undrawable && lines.some((line) => elementCount(line.series) > 0)
        ? {
            lines: drawn,
            ...(members.length > 0 && { members }),
            x: xRange,
            y,
            isLogX,
            yScale,
            yUnit: form === 'percent' ? '%' : commonUnit(lines.map(({ unit = '' }) => unit)),
            xFormat: formatOf(xFormat(x, timeZone), lines),
            ...(x.kind !== 'step' && { xTitle: xName(x) }),
            isWholeY: form !== 'percent' && lines.every(({ series }) => isWholeValued(series)),
            form,
            pins: notes.pins,
            marks: marksOfLines(notes.marks, lines),
            breaksGaps,
            drawsEveryStroke: input.drawsEveryStroke,
            marksClipped: zoomY === undefined,
          }
        : undefined,
    undrawable,
    hiddenXCount: sum(lines, (line) => line.series.hiddenPointCount),
    hiddenYCount: isLogY && xRange ? countNonPositive(lines, xRange) : 0,
    clippedCount: xRange && zoomY === undefined ? countOutside(drawn, xRange, y, yScale) : 0,
    turning: {
      lineCount: lines.filter(({ series }) => series.kind !== 'group' && series.isReordered).length,
      loggedCount: lines.filter(({ series }) => isLogged(series)).length,
    },
    nonFinite: countNonFinite(
      lines.map(({ series }) => series),
      xRange,
    ),
  }
}

/** The same with the y range that several charts have in common. Undefined: they have none. */
export function withSharedY(model: ChartModel, y: Range | undefined): ChartModel {
  const { content } = model
  if (!y || !content) return model
  const { lines, x, yScale } = content
  return { ...model, content: { ...content, y }, clippedCount: countOutside(lines, x, y, yScale) }
}

/** Steps, epochs and what else is only ever whole is marked at whole numbers. */
function formatOf(format: XFormat, lines: readonly ChartLine[]): XFormat {
  return format === 'number' && lines.every(({ series }) => isWhole(series)) ? 'integer' : format
}

const isWhole = ofSeries((series) => elementXs(series).every(Number.isInteger))

/** Also what is drawn of it smoothed, or around it of its group. */
const isWholeValued = ofSeries((series) => {
  const isWholeOrNone = (value: number): boolean => !Number.isFinite(value) || Number.isInteger(value)
  const others = series.kind === 'group' ? [series.low, series.high] : [series.smoothed]
  return [elementYs(series), ...others].every((values) => values.every(isWholeOrNone))
})

/** Asks once of each series, as they do not change. */
function ofSeries(test: (series: Series) => boolean): (series: Series) => boolean {
  const known = new WeakMap<Series, boolean>()
  return (series) => {
    const before = known.get(series)
    if (before !== undefined) return before
    const isIt = test(series)
    known.set(series, isIt)
    return isIt
  }
}

/** What the axis shows where nobody has zoomed: set ends, else those of the data. */
function automaticY(
  lines: readonly ChartLine[],
  x: Range,
  { yScale, ignoresOutliers, form, limits: { yMin, yMax, includesZero } }: ChartModelInput,
): Range | undefined {
  const usable = (end: number | undefined): number | undefined =>
    yScale === 'log' && (end ?? 1) <= 0 ? undefined : end
  const whole = (ignoresOutliers ? centralYRange(lines, x, yScale) : undefined) ?? visibleYRange(lines, x, yScale)
  if (!whole) return undefined
  // An area stands on 0.
  const [from, to] = (includesZero || form !== 'line') && yScale !== 'log' ? withZero(whole) : whole
  const [low, high] = [usable(yMin) ?? from, usable(yMax) ?? to]
  return low < high ? [low, high] : whole
}

/** Data that begins above 0 begins at 0, without room below. */
function withZero([low, high]: Range): Range {
  return [Math.min(low, 0), Math.max(high, 0)]
}

/** All of x, but for the ends that somebody has set; undefined without data. */
export function limitedX(full: Range | undefined, { xMin, xMax }: AxisLimits, isLogX: boolean): Range | undefined {
  if (!full) return undefined
  const usable = (end: number | undefined): number | undefined => (isLogX && (end ?? 1) <= 0 ? undefined : end)
  const [low, high] = [usable(xMin) ?? full[0], usable(xMax) ?? full[1]]
  return low < high ? [low, high] : full
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
