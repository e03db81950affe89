import { quantile } from './number-spread.ts'
import type { ParallelAxis, ParallelLine } from './parallel-lines.ts'

/** The part of an axis that has colours of its own: what is beyond has that of its end. */
export interface ColorRange {
  readonly from: number
  readonly to: number
  /** What stands at the ends of the scale: with a sign where values lie beyond. */
  readonly lowText: string
  readonly highText: string
  /** Whether any do. */
  readonly isClipped: boolean
}

/** As charts that ignore outliers have them. */
const shares = [0.025, 0.975] as const
const marginShare = 0.08

/**
 * The colours of the last axis: from the 2.5th to the 97.5th percentile of its values, with a margin, so that one run far away does
 * not leave all others in one colour. Names have the whole axis.
 */
export function colorRange(axis: ParallelAxis, lines: readonly ParallelLine[]): ColorRange {
  const places = lines.flatMap(({ places: all }) => all.at(-1) ?? []).toSorted((a, b) => a - b)
  const [least, most] = [places[0] ?? 0, places.at(-1) ?? 1]
  const [low, high] =
    axis.categories === undefined && places.length > 0 ? shares.map((share) => quantile(places, share)) : [0, 1]
  const margin = (high! - low!) * marginShare
  const [from, to] = [low! - margin > least ? low! - margin : 0, high! + margin < most ? high! + margin : 1]
  const [isLowCut, isHighCut] = [from > 0, to < 1]
  // A turned axis has its largest values below.
  const signs = axis.column.isInverted ? (['≥ ', '≤ '] as const) : (['≤ ', '≥ '] as const)
  return {
    from,
    to,
    lowText: `${isLowCut ? signs[0] : ''}${axis.textAt(from)}`,
    highText: `${isHighCut ? signs[1] : ''}${axis.textAt(to)}`,
    isClipped: isLowCut || isHighCut,
  }
}

/** Where a place stands in the range, 0…1. */
export function shareOf({ from, to }: Pick<ColorRange, 'from' | 'to'>, place: number): number {
  return to > from ? Math.max(0, Math.min(1, (place - from) / (to - from))) : 0.5
}
