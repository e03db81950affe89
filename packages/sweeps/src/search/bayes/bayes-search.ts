import type { SweepMetric } from '../../config/sweep-config.ts'
import { normalCdf } from '../../distributions/standard-normal.ts'
import { initialPoints, type ModelOptions, observeTrials } from '../model-search.ts'
import { createRandomSource, type RandomSource } from '../random-source.ts'
import type { SearchSpace } from '../search-space.ts'
import type { Expectation, Suggestion } from '../suggestion.ts'
import type { Trial } from '../trial.ts'
import { type Box, wholeCube } from './box.ts'
import { usualHyperPrior } from './fit-prior.ts'
import type { GaussianProcess } from './gaussian-process.ts'
import { maximizeImprovement } from './maximize-improvement.ts'
import { neighbourhoodOf } from './neighbourhood.ts'
import type { Observations } from './observations.ts'
import { type Datum, fitSurrogate, type Surrogate } from './surrogate.ts'
import type { ValueScale } from './value-scale.ts'

/** More than these are not used for the fit of length scales, and for predictions: the best ones and some of the others are. */
const fittedCountMax = 100
const observedCountMax = 400

/**
 * Suggests what to try next by Bayesian search: a Gaussian process of what is known, and the point of the largest expected
 * improvement; in turns of all that is known and everywhere, and of what is around the best point and there. Points that are being
 * tried count as if they had what is expected of them, so that several at once keep apart.
 *
 * @param count - How many suggestions, each as if those before it were being tried.
 */
export function suggestByBayes(trials: readonly Trial[], count: number, options: ModelOptions): readonly Suggestion[] {
  const { space, metric, seed } = options
  const known = observeTrials(trials, options)
  const initialCount = Math.min(14, 2 * space.dimensions.length + 2)
  if (known.observed.length < initialCount || space.dimensions.length === 0)
    return initialPoints(trials, count, options)
  const random = createRandomSource(seed + 1_000_003 * trials.length)
  return suggestByModel(known, count, { space, metric, random })
}

interface LuckyOptions {
  readonly space: SearchSpace
  readonly metric: SweepMetric
  readonly random: RandomSource
}

function suggestByModel(known: Observations, count: number, options: LuckyOptions): readonly Suggestion[] {
  const { space, metric, random } = options
  const searches = searchesOf(known.observed, options)
  const takenPoints = [...known.observed.map(({ point }) => point), ...known.pending]
  const isTaken = (point: readonly number[]): boolean => takenPoints.some((other) => areSame(point, other))
  const believedPoints = [...known.pending]
  return Array.from({ length: count }, () => {
    const { surrogate, box, leaders } = searches.ofTurn(takenPoints.length)
    const before = surrogate.process([])
    const believed = believedPoints.map((point) => ({ point, value: before.meanAt(point) }))
    const process = believed.length === 0 ? before : surrogate.process(believed)
    const { best, scale } = surrogate
    const point =
      maximizeImprovement({
        space,
        sketch: known.observed.length > fittedCountMax ? surrogate.sketch(believed) : process,
        process,
        best,
        leaders,
        isTaken,
        random,
        candidateCount: 400,
        box,
      }) ?? anyPoint(space, isTaken, random)
    takenPoints.push(point)
    believedPoints.push(point)
    return { assignment: space.assignmentAt(point), expectation: expect(process, point, best, scale, metric) }
  })
}

/** A model and where its suggestions come from. */
interface ModelSearch {
  readonly surrogate: Surrogate
  readonly box: Box
  readonly leaders: readonly (readonly number[])[]
}

/** In turns everywhere, with a rough kernel, and around the best point, with a smooth one. Each model is made when it is asked for. */
function searchesOf(
  known: readonly Datum[],
  { space: { dimensions }, random }: LuckyOptions,
): { ofTurn(turn: number): ModelSearch } {
  const isCategory = dimensions.map(({ kind }) => kind === 'category')
  const axisCount = dimensions.length
  const observed = selectObserved(known, observedCountMax, random)
  const fitted = selectObserved(observed, fittedCountMax, random)
  const leaders = observed.toSorted((one, other) => one.value - other.value).slice(0, 4)
  const leader = leaders[0]!.point
  let everywhere: ModelSearch | undefined
  let around: ModelSearch | undefined
  const neighbourhood = neighbourhoodOf(leader, known, isCategory)
  return {
    ofTurn: (turn) => {
      if (turn % 2 === 0 && neighbourhood !== undefined) {
        const { observed: near, box } = neighbourhood
        const hyperPrior = usualHyperPrior(axisCount, Number.POSITIVE_INFINITY)
        around ??= {
          surrogate: fitSurrogate({ observed: near, fitted: near, isCategory, hyperPrior }),
          box,
          leaders: [leader],
        }
        return around
      }
      everywhere ??= {
        surrogate: fitSurrogate({ observed, fitted, isCategory, hyperPrior: usualHyperPrior(axisCount) }),
        box: wholeCube(axisCount),
        leaders: leaders.map(({ point }) => point),
      }
      return everywhere
    },
  }
}

/** The better half by rank, the other by chance. */
function selectObserved(observed: readonly Datum[], countMax: number, random: RandomSource): readonly Datum[] {
  if (observed.length <= countMax) return observed
  const sorted = observed.toSorted((one, other) => one.value - other.value)
  const rest = sorted.splice(countMax / 2)
  for (let i = 0; i < countMax / 2; i++) sorted.push(...rest.splice(random.index(rest.length), 1))
  return sorted
}

function areSame(one: readonly number[], other: readonly number[]): boolean {
  return one.every((share, axis) => Math.abs(share - other[axis]!) < 1e-7)
}

/** One that is not taken, if there is one that chance finds. */
function anyPoint(
  space: SearchSpace,
  isTaken: (point: readonly number[]) => boolean,
  random: RandomSource,
): readonly number[] {
  let point: readonly number[] = []
  for (let i = 0; i < 200; i++) {
    point = space.snap(space.dimensions.map(() => random.uniform()))
    if (!isTaken(point)) break
  }
  return point
}

function expect(
  process: GaussianProcess,
  point: readonly number[],
  best: number,
  scale: ValueScale,
  { goal }: SweepMetric,
): Expectation {
  const { mean, deviation } = process.predict(point)
  const ends = [scale.from(mean - deviation), scale.from(mean + deviation)]
  const sign = goal === 'maximize' ? -1 : 1
  const [low, high] = ends.map((end) => sign * end).sort((one, other) => one - other)
  return {
    value: sign * scale.from(mean),
    low: low!,
    high: high!,
    successProbability: normalCdf((best - mean) / deviation),
  }
}
