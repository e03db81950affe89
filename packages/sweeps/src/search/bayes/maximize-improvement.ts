import { quasiRandomPoints } from '../quasi-random.ts'
import type { RandomSource } from '../random-source.ts'
import type { SearchSpace } from '../search-space.ts'
import { type Box, moveInto, pointIn } from './box.ts'
import { logExpectedImprovement } from './expected-improvement.ts'
import type { GaussianProcess } from './gaussian-process.ts'
import { minimize } from './minimize.ts'

/** What is looked at for the next point. */
export interface ImprovementOptions {
  readonly space: SearchSpace
  /** Cheap, to look at many points. */
  readonly sketch: GaussianProcess
  /** Exact, for the last word. */
  readonly process: GaussianProcess
  /** What is to be undercut. */
  readonly best: number
  /** The best points up to now, best first: points near them are looked at too. */
  readonly leaders: readonly (readonly number[])[]
  /** True for points that need no further look: they have been, or are being tried. */
  readonly isTaken: (point: readonly number[]) => boolean
  readonly random: RandomSource
  readonly candidateCount: number
  /** Where to look. Steps and categories may lead a little out of it. */
  readonly box: Box
}

/** How far from a leader candidates are, as a share of the cube's side. */
const spreads = [0.2, 0.05, 0.01, 0.002]
const climbCount = 4
const climbIterations = 30

/** The point of the largest expected improvement that could be found; undefined where all that was seen is taken. */
export function maximizeImprovement(options: ImprovementOptions): readonly number[] | undefined {
  const { space, process, sketch, best, isTaken } = options
  const improvementAt = (model: GaussianProcess, point: ArrayLike<number>): number =>
    logExpectedImprovement(model.predict(point), best).value
  const candidates = candidatesOf(options)
    .map((point) => space.snap(point))
    .filter((point) => !isTaken(point))
    .map((point) => ({ point, value: improvementAt(sketch, point) }))
    .sort((one, other) => other.value - one.value)
  const starts = spreadOut(candidates).slice(0, climbCount)
  let highest: { readonly point: readonly number[]; readonly value: number } | undefined
  for (const { point: start } of starts) {
    for (const point of [start, climb(options, start)]) {
      if (isTaken(point)) continue
      const value = improvementAt(process, point)
      if (highest === undefined || value > highest.value) highest = { point, value }
    }
  }
  return highest?.point
}

function candidatesOf({
  space,
  leaders,
  random,
  candidateCount,
  box,
}: ImprovementOptions): readonly (readonly number[])[] {
  const axisCount = space.dimensions.length
  const near = leaders.flatMap((leader) =>
    spreads.flatMap((spread) =>
      Array.from({ length: Math.ceil(candidateCount / 8 / leaders.length) }, () =>
        leader.map((share, axis) => {
          // In many dimensions most axes stay where they are.
          if (axisCount > 2 && random.uniform() > Math.max(2 / axisCount, 0.3)) return share
          const isCategory = space.dimensions[axis]!.kind === 'category'
          return isCategory ? random.uniform() : Math.min(1, Math.max(0, share + spread * random.normal()))
        }),
      ),
    ),
  )
  const everywhere = quasiRandomPoints(axisCount, candidateCount / 2, { random })
  return [...[...leaders, ...near].map((point) => moveInto(box, point)), ...everywhere.map((at) => pointIn(box, at))]
}

/** Neighbours of a better candidate are left out, so that climbs start on different hills. */
function spreadOut(
  sorted: readonly { readonly point: readonly number[]; readonly value: number }[],
): readonly { readonly point: readonly number[] }[] {
  const chosen: { readonly point: readonly number[] }[] = []
  for (const candidate of sorted) {
    if (chosen.length >= climbCount) break
    const isNear = chosen.some(({ point }) =>
      point.every((share, axis) => Math.abs(share - candidate.point[axis]!) < 0.05),
    )
    if (!isNear) chosen.push(candidate)
  }
  return chosen
}

/** Uphill from a point: along axes of numbers by the slope, then from each value to its neighbours where there are steps. */
function climb({ space, process, best, box }: ImprovementOptions, start: readonly number[]): readonly number[] {
  const { dimensions } = space
  const isFree = dimensions.map(({ kind, valueCount }) => kind === 'number' && valueCount === undefined)
  const meanSlope = new Float64Array(dimensions.length)
  const deviationSlope = new Float64Array(dimensions.length)
  const uphill = (from: readonly number[]): readonly number[] => {
    if (!isFree.includes(true)) return from
    const free = {
      low: from.map((share, axis) => (isFree[axis] ? box.low[axis]! : share)),
      high: from.map((share, axis) => (isFree[axis] ? box.high[axis]! : share)),
    }
    const { x } = minimize(
      (point, gradient) => {
        const { value, byMean, byDeviation } = logExpectedImprovement(
          process.predictWithSlopes(point, meanSlope, deviationSlope),
          best,
        )
        for (let axis = 0; axis < gradient.length; axis++) {
          gradient[axis] = isFree[axis] ? -byMean * meanSlope[axis]! - byDeviation * deviationSlope[axis]! : 0
        }
        return -value
      },
      from,
      free,
      { iterationsMax: climbIterations, tolerance: 1e-5 },
    )
    return Array.from(x)
  }
  const improvementAt = (point: readonly number[]): number => logExpectedImprovement(process.predict(point), best).value
  const stepped = dimensions.flatMap(({ valueCount }, axis) => (valueCount === undefined ? [] : [axis]))
  let at = uphill(start)
  let value = improvementAt(at)
  for (let round = 0; stepped.length > 0 && round < 4; round++) {
    const before = value
    for (const axis of stepped) {
      for (const neighbour of neighboursOf(space, at, axis)) {
        const reached = improvementAt(neighbour)
        if (reached > value) [at, value] = [neighbour, reached]
      }
    }
    if (!(value > before)) break
    at = uphill(at)
    value = improvementAt(at)
  }
  return at
}

/** All other categories; one and a few steps up and down. */
function neighboursOf(space: SearchSpace, point: readonly number[], axis: number): readonly (readonly number[])[] {
  const { shares, valueCount = 1 } = space.dimensions[axis]!
  const steps = [-4, -1, 1, 4].map((count) => point[axis]! + count / valueCount)
  return (shares ?? steps.filter((share) => share >= 0 && share <= 1)).map((share) =>
    space.snap(point.with(axis, share)),
  )
}
