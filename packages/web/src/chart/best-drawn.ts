import type { Series } from '@lossline/protocol'
import { elementCount, elementMax, elementMin } from './chart-line.ts'

/** Which values of a metric are good. */
export type Goal = 'minimize' | 'maximize'

/** Buckets have their ends in half the digits of a point. */
const roundingShare = 1e-6

/** Whether a series has a better value than the best that is known; undefined: none is. */
export function isBeaten(best: number | undefined, series: Series, goal: Goal): boolean {
  const sign = goal === 'minimize' ? -1 : 1
  const least = best === undefined ? Number.NEGATIVE_INFINITY : sign * best + Math.abs(best) * roundingShare
  const end = goal === 'minimize' ? elementMin : elementMax
  for (let i = 0; i < elementCount(series); i++) if (sign * end(series, i) > least) return true
  return false
}
