import type { SweepMetricInfo } from '@lossline/protocol'
import type { Range } from '../address/url-state.ts'
import { quantile } from '../panels/number-spread.ts'
import type { SweepPoint } from './best-so-far.ts'

/** So many times the distance between the quartiles beyond them, a value is far from all others. */
const fenceFactor = 3
/** Fewer runs say little of what is usual. */
const runCountMin = 4

/**
 * What an axis shows of a sweep's metric so that runs which went astray do not leave all others on one line: every value that is
 * not far from those of the runs that did not fail, and the best of these.
 *
 * @returns undefined where that is everything.
 */
export function fittedRange(
  points: readonly Pick<SweepPoint, 'value' | 'mark'>[],
  { goal }: Pick<SweepMetricInfo, 'goal'>,
): Range | undefined {
  const worked = points.flatMap(({ value, mark }) => (mark === 'failed' ? [] : [value])).toSorted((a, b) => a - b)
  if (worked.length < runCountMin) return undefined
  const [lower, upper] = [quantile(worked, 0.25), quantile(worked, 0.75)]
  const fence = fenceFactor * (upper - lower)
  const isNear = (value: number): boolean => value >= lower - fence && value <= upper + fence
  const best = goal === 'minimize' ? worked[0]! : worked.at(-1)!
  const near = points.flatMap(({ value }) => (isNear(value) || value === best ? [value] : []))
  if (near.length === points.length) return undefined
  const [low, high] = [Math.min(...near), Math.max(...near)]
  return low < high ? [low, high] : undefined
}

/** How many values lie beyond the ends. */
export function countBeyond(values: readonly number[], [low, high]: Range): number {
  return values.filter((value) => value < low || value > high).length
}
