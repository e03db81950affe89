import { normalCdf, normalPdf, normalQuantile } from '../../distributions/standard-normal.ts'
import type { RandomSource } from '../random-source.ts'
import type { Dimension } from '../search-space.ts'

/** A density over a cube, made of a kernel around each of some points and a flat one for all that is not known. */
export interface ParzenEstimator {
  sample(random: RandomSource): readonly number[]
  logDensity(point: ArrayLike<number>): number
}

/** Kernels never become narrower than this share of the side, nor than the usual distance of so many points. */
const widthMin = 0.01
const pointCountMax = 100
/** How much of a category's kernel the categories other than its own have together, before points are counted. */
const otherShare = 0.6

/**
 * The estimator of points (Watanabe, "Tree-structured Parzen estimator: understanding its algorithm components", 2023, with the
 * multivariate kernel of Falkner et al., 2018): normal distributions cut off at the walls, as wide as Scott's rule says, and for
 * categories a share for the point's own one (Aitchison and Aitken, 1976).
 */
export function createParzenEstimator(
  dimensions: readonly Dimension[],
  points: readonly (readonly number[])[],
): ParzenEstimator {
  const scott = points.length ** (-1 / (dimensions.length + 4))
  const width = Math.max(widthMin, 1 / (1 + Math.min(pointCountMax, points.length)), 0.2 * scott)
  const own = 1 - otherShare * scott
  const logWeight = -Math.log(points.length + 1)

  const logKernel = (point: ArrayLike<number>, center: readonly number[]): number => {
    let sum = 0
    for (const [axis, { kind, shares = [] }] of dimensions.entries()) {
      const [share, middle] = [point[axis]!, center[axis]!]
      if (kind === 'category') {
        const isOwn = share === middle
        // Densities of both estimators are of the same choices, so that shares stand for densities.
        if (shares.length > 1) sum += Math.log(isOwn ? own : (1 - own) / (shares.length - 1))
      } else {
        const mass = normalCdf((1 - middle) / width) - normalCdf(-middle / width)
        sum += Math.log(Math.max(1e-300, normalPdf((share - middle) / width) / (width * mass)))
      }
    }
    return sum
  }
  const logFlat = dimensions.reduce(
    (sum, { kind, shares = [] }) => (kind === 'category' ? sum - Math.log(shares.length) : sum),
    0,
  )
  return {
    sample: (random) => {
      const center = points[random.index(points.length + 1)]
      return dimensions.map(({ kind, shares = [] }, axis) => {
        if (center === undefined) return random.uniform()
        const middle = center[axis]!
        if (kind !== 'category') {
          const [low, high] = [normalCdf(-middle / width), normalCdf((1 - middle) / width)]
          const z = normalQuantile(low + (high - low) * Math.min(1 - 1e-12, Math.max(1e-12, random.uniform())))
          return Math.min(1, Math.max(0, middle + width * z))
        }
        const others = shares.filter((share) => share !== middle)
        return others.length === 0 || random.uniform() < own ? middle : others[random.index(others.length)]!
      })
    },
    logDensity: (point) => {
      const logs = [logFlat, ...points.map((center) => logKernel(point, center))]
      const highest = Math.max(...logs)
      return logWeight + highest + Math.log(logs.reduce((sum, one) => sum + Math.exp(one - highest), 0))
    },
  }
}
