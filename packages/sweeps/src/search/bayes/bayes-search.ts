import type { SweepMetric } from '../../config/sweep-config.ts'
import { normalCdf } from '../../distributions/standard-normal.ts'
import { quasiRandomPoints } from '../quasi-random.ts'
import { createRandomSource, type RandomSource } from '../random-source.ts'
import type { SearchSpace } from '../search-space.ts'
import type { Expectation, Suggestion } from '../suggestion.ts'
import type { Trial } from '../trial.ts'
import { fitPrior, usualHyperPrior } from './fit-prior.ts'
import { createGaussianProcess, type GaussianProcess } from './gaussian-process.ts'
import { maximizeImprovement } from './maximize-improvement.ts'
import { type Imputation, type Observations, observe } from './observations.ts'
import { type ValueScale, valueScales } from './value-scale.ts'

/** Where Bayesian search looks, what for, and how it counts runs without a value. */
export interface BayesOptions {
  readonly space: SearchSpace
  readonly metric: SweepMetric
  /** Default: `worst`. */
  readonly impute?: Imputation | undefined
  /** Default: of runs that go on only the point is known. */
  readonly imputeWhileRunning?: Imputation | undefined
  /** The same trials and seed lead to the same suggestions. */
  readonly seed: number
}

/** More than these are not used for the fit of length scales, and for predictions: the best ones and some of the others are. */
const fittedCountMax = 100
const observedCountMax = 400

/**
 * Suggests what to try next by Bayesian search: a Gaussian process of what is known, and the point of the largest expected
 * improvement. Points that are being tried count as if they had what is expected of them, so that several at once keep apart.
 *
 * @param count - How many suggestions, each as if those before it were being tried.
 */
export function suggestByBayes(trials: readonly Trial[], count: number, options: BayesOptions): readonly Suggestion[] {
  const { space, metric, impute = 'worst', imputeWhileRunning, seed } = options
  const known = observe(trials, space, metric, { impute, imputeWhileRunning })
  const random = createRandomSource(seed + 1_000_003 * trials.length)
  const started = trials.length
  const initialCount = Math.min(12, Math.max(4, space.dimensions.length + 2))
  if (known.observed.length < initialCount || space.dimensions.length === 0) {
    const points = quasiRandomPoints(space.dimensions.length, count, {
      random: createRandomSource(seed),
      skip: started,
    })
    return points.map((point) => ({ assignment: space.assignmentAt(point) }))
  }
  return suggestByModel(known, count, { space, metric, random })
}

interface ModelOptions {
  readonly space: SearchSpace
  readonly metric: SweepMetric
  readonly random: RandomSource
}

function suggestByModel(known: Observations, count: number, options: ModelOptions): readonly Suggestion[] {
  const { space, metric, random } = options
  const isCategory = space.dimensions.map(({ kind }) => kind === 'category')
  const axisScale = Math.sqrt(space.dimensions.length)
  const raw = selectObserved(known.observed, observedCountMax, random)
  const rawFitted = selectObserved(raw, fittedCountMax, random)
  const fits = valueScales(rawFitted.map(({ value }) => value)).map((scale) => {
    const fit = fitPrior(
      rawFitted.map(({ point }) => point),
      rawFitted.map(({ value }) => scale.to(value)),
      isCategory,
      usualHyperPrior(space.dimensions.length),
      { starts: [0.4 * axisScale], iterationsMax: 25 },
    )
    return { scale, prior: fit.prior, evidence: fit.logPosterior + scale.logSlopes }
  })
  const { scale, prior } = fits.reduce((one, other) => (other.evidence > one.evidence ? other : one))
  const scaled = (data: readonly Datum[]) => data.map(({ point, value }) => ({ point, value: scale.to(value) }))
  const observed = scaled(raw)
  const fitted = scaled(rawFitted)
  const processOf = (data: readonly Datum[]): GaussianProcess =>
    createGaussianProcess(
      prior,
      data.map(({ point }) => point),
      data.map(({ value }) => value),
    )
  let process = processOf(observed)
  const leaders = observed.toSorted((one, other) => one.value - other.value).slice(0, 4)
  // Where observations are noisy, what is believed of the points counts, not a lucky draw.
  const best = Math.min(
    ...observed.map(({ point, value }) => (prior.noiseShare > 1e-3 ? process.meanAt(point) : value)),
  )
  const believed: Datum[] = []
  const believe = (point: readonly number[]): void => {
    believed.push({ point, value: process.meanAt(point) })
  }
  for (const point of known.pending) believe(point)
  const suggestions: Suggestion[] = []
  while (suggestions.length < count) {
    if (believed.length > 0) process = processOf([...observed, ...believed])
    const taken = [...observed, ...believed].map(({ point }) => point)
    const isTaken = (point: readonly number[]): boolean => taken.some((other) => areSame(point, other))
    const sketch = observed.length > fittedCountMax ? processOf([...fitted, ...believed]) : process
    const point =
      maximizeImprovement({
        space,
        sketch,
        process,
        best,
        leaders: leaders.map((leader) => leader.point),
        isTaken,
        random,
        candidateCount: 400,
      }) ?? anyPoint(space, isTaken, random)
    suggestions.push({
      assignment: space.assignmentAt(point),
      expectation: expect(process, point, best, scale, metric),
    })
    believe(point)
  }
  return suggestions
}

interface Datum {
  readonly point: readonly number[]
  readonly value: number
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
