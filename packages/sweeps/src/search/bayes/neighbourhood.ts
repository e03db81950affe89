import type { Box } from './box.ts'
import type { Datum } from './surrogate.ts'

/** What is around a point that does well. */
export interface Neighbourhood {
  readonly observed: readonly Datum[]
  /** As far along each axis as the very nearest of them are: the more there are, the smaller. */
  readonly box: Box
}

/** Points that agree on an axis, as at a wall, do not say that there is nothing better along it. */
const reachMin = 0.05

/**
 * The surroundings of the best point, for a model of its own: values there differ little, and a function that no model of the whole
 * cube follows is smooth there. Categories stay those of the point. (Trust regions, as in Eriksson et al., "Scalable global
 * optimization via local Bayesian optimization", 2019; but their size follows from where points are, so that nothing need be kept.)
 *
 * @returns undefined where too little is known around the point
 */
export function neighbourhoodOf(
  center: readonly number[],
  observed: readonly Datum[],
  isCategory: readonly boolean[],
): Neighbourhood | undefined {
  const axisCount = center.length
  const nearest = observed
    .filter(({ point }) => point.every((share, axis) => !isCategory[axis] || share === center[axis]))
    .map((datum) => ({ ...datum, distance: squaredDistance(datum.point, center) }))
    .sort((one, other) => one.distance - other.distance)
    // Enough for a polynomial of the second degree in ten dimensions, of the fourth in two.
    .slice(0, 8 * axisCount + 12)
  const innermost = nearest.slice(0, axisCount + 2)
  if (nearest.length <= innermost.length) return undefined
  const reach = center.map((share, axis) =>
    Math.max(reachMin, ...innermost.map(({ point }) => Math.abs(point[axis]! - share))),
  )
  return {
    observed: nearest,
    box: {
      low: center.map((share, axis) => Math.max(0, share - reach[axis]!)),
      high: center.map((share, axis) => Math.min(1, share + reach[axis]!)),
    },
  }
}

function squaredDistance(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, share, axis) => sum + (share - other[axis]!) ** 2, 0)
}
