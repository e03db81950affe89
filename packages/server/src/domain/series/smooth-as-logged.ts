import type { Smoothing } from '@lossline/protocol'
import { type Points, pick } from './points.ts'
import { createSmoother, type Smoother } from './smooth.ts'

/**
 * Smooths points that are joined in the order in which they were logged: the EMAs go along the line, however x turns; what looks to
 * both sides does so in x, as everywhere.
 */
export function createLoggedSmoother(
  { x, y }: Points,
  order: Uint32Array,
  smoothing: Smoothing,
  referenceRange: number,
): Smoother | undefined {
  if (smoothing.kind !== 'ema' && smoothing.kind !== 'time-weighted-ema') {
    return createSmoother(x, y, smoothing, referenceRange)
  }
  const along = createSmoother(pick(x, order), pick(y, order), smoothing, referenceRange)
  if (along === undefined) return undefined
  const smoothed = new Float64Array(x.length)
  along(Uint32Array.from(order.keys())).forEach((value, i) => {
    smoothed[order[i]!] = value
  })
  return (at) => pick(smoothed, at)
}
