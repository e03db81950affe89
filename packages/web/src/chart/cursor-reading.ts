import type { TooltipOrder } from '../view/address/url-state.ts'
import { compareNatural } from '../view/text/natural-order.ts'
import {
  type ChartLine,
  elementMax,
  elementMin,
  elementSize,
  elementX,
  elementY,
  gridEdge,
  nearestElement,
  smoothedYs,
} from './chart-line.ts'
import type { Projection } from './projection.ts'

/** What one run has at the crosshair: stored values, never interpolated. */
export interface CursorReading {
  readonly line: ChartLine
  readonly element: number
  /** x of the point, or of the bucket's last point. */
  readonly x: number
  /** The stored value there. */
  readonly y: number
  readonly smoothed: number | undefined
  /** In a stack: where its upper edge is, and its share of the sum in percent, where the edges are such. */
  readonly stacked: { readonly top: number; readonly share: number | undefined } | undefined
  /** Undefined when the element is one point. */
  readonly bucket:
    | { readonly count: number; readonly min: number; readonly max: number; readonly from: number; readonly to: number }
    | undefined
  /** Of a group: how many of its runs count here, and the ends of its band. */
  readonly members:
    | {
        readonly count: number
        readonly size: number
        readonly band: { readonly low: number; readonly high: number } | undefined
      }
    | undefined
}

/** The reading of a line nearest to `x`, or undefined if it has nothing within `reach` of it (in units of x). */
export function readAt(line: ChartLine, x: number, reach = Number.POSITIVE_INFINITY): CursorReading | undefined {
  const element = nearestElement(line, x)
  return element === undefined ? undefined : withinReach(readElement(line, element), x, reach)
}

/** The reading of element i of a line. */
export function readElement(line: ChartLine, element: number): CursorReading {
  const { series, grid } = line
  const base = {
    line,
    element,
    x: elementX(series, element),
    y: elementY(series, element),
    smoothed: smoothedYs(series)?.[element],
    stacked: undefined,
    members: undefined,
    bucket: undefined,
  }
  if (line.stack) {
    const { base: bases, own, isPercent } = line.stack
    const top = base.y
    const share = isPercent ? top - (bases[element] as number) : undefined
    return { ...base, y: own[element] as number, smoothed: undefined, stacked: { top, share } }
  }
  if (series.kind === 'raw') return base
  if (series.kind === 'group') {
    const low = series.low[element] as number
    const band = Number.isFinite(low) ? { low, high: series.high[element] as number } : undefined
    return { ...base, members: { count: elementSize(series, element), size: series.size, band } }
  }
  const count = elementSize(series, element)
  if (count <= 1) return base
  const index = series.index[element] as number
  const [min, max] = [elementMin(series, element), elementMax(series, element)]
  return { ...base, bucket: { count, min, max, from: gridEdge(grid, index), to: gridEdge(grid, index + 1) } }
}

/** Whether a point is one of the run that the line's run was forked from. */
export function isInherited({ line, x }: CursorReading): boolean {
  return line.inheritedTo !== undefined && x <= line.inheritedTo
}

/** Where a reading is drawn: on the edge of its area in a stack, on the smoothed line if there is one. */
export function drawnValue(reading: CursorReading): number {
  return reading.stacked?.top ?? shownValue(reading)
}

/** What a reading says: the smoothed value, if there is one. */
export function shownValue(reading: CursorReading): number {
  return reading.smoothed ?? reading.y
}

/** The readings of all lines at a pixel position, the line nearest to the pointer first. */
export function readingsAt(
  lines: readonly ChartLine[],
  projection: Projection,
  position: { readonly left: number; readonly top: number },
): readonly CursorReading[] {
  const x = projection.fromLeft(position.left)
  const readings = lines.flatMap((line) => readAt(line, x, reachOf(line, projection)) ?? [])
  const away = (reading: CursorReading): number => {
    const distance = Math.abs(projection.toTop(drawnValue(reading)) - position.top)
    return Number.isFinite(distance) ? distance : Number.MAX_VALUE
  }
  return readings
    .map((reading) => ({ reading, away: away(reading) }))
    .sort((a, b) => a.away - b.away)
    .map(({ reading }) => reading)
}

/** Readings as a tooltip lists them. They come nearest first. */
export function orderReadings(readings: readonly CursorReading[], order: TooltipOrder): readonly CursorReading[] {
  if (order === 'nearest') return readings
  if (order === 'name') return readings.toSorted((a, b) => compareNatural(a.line.label, b.line.label))
  const rank = (reading: CursorReading): number => {
    const value = shownValue(reading)
    return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value
  }
  return readings.toSorted((a, b) => rank(b) - rank(a))
}

/** A line that ended (or has not begun) is not read beyond its ends by more than a little. */
function reachOf({ series }: ChartLine, projection: Projection): number {
  const [from, to] = series.extent
  const view = projection.x[1] - projection.x[0]
  const spacing = series.pointCount > 1 ? (to - from) / (series.pointCount - 1) : 0
  return Math.max(view * 0.02, spacing)
}

function withinReach(reading: CursorReading, x: number, reach: number): CursorReading | undefined {
  const { series } = reading.line
  const [from, to] = series.extent
  if (x >= from && x <= to) return reading
  return Math.abs(reading.x - x) <= reach ? reading : undefined
}
