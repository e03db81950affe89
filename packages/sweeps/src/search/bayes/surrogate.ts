import { type FittedPrior, fitPrior, type HyperPrior } from './fit-prior.ts'
import { createGaussianProcess, type GaussianProcess } from './gaussian-process.ts'
import { type Bend, createValueScale, type ValueScale } from './value-scale.ts'

/** A point and what came of it. */
export interface Datum {
  readonly point: readonly number[]
  readonly value: number
}

/** A model of the values that points lead to. */
export interface Surrogate {
  /** Of the values that its processes are about. */
  readonly scale: ValueScale
  /** What is taken for the function's smallest value up to now, on that scale. */
  readonly best: number
  /** All that is known, and what is believed of further points, with values on the scale. */
  process(believed: readonly Datum[]): GaussianProcess
  /** As `process` with only what length scales were fitted to: cheaper. */
  sketch(believed: readonly Datum[]): GaussianProcess
}

/** What a surrogate is made of. */
export interface SurrogateOptions {
  readonly observed: readonly Datum[]
  /** What length scales are fitted to: all or some of it. */
  readonly fitted: readonly Datum[]
  readonly isCategory: readonly boolean[]
  readonly hyperPrior: HyperPrior
}

interface Fit extends FittedPrior {
  readonly scale: ValueScale
  readonly evidence: number
}

const straight: Bend = { from: undefined, share: 0 }
/** From the weakest bend on. */
const bendShares = { smallest: [1, 0.1, 0.01, 0.001], largest: [1, 0.1] } as const
const firstIterations = 25
const laterIterations = 12

/** Fits the prior on several scales of the values and takes the most probable one: bends are made stronger as long as that helps. */
export function fitSurrogate(options: SurrogateOptions): Surrogate {
  const { observed: raw, fitted, isCategory } = options
  const { scale, prior } = bestFit(options)
  const scaled = (data: readonly Datum[]) => data.map(({ point, value }) => ({ point, value: scale.to(value) }))
  const [observed, some] = [scaled(raw), scaled(fitted)]
  const processOf = (data: readonly Datum[]): GaussianProcess =>
    createGaussianProcess(
      { ...prior, isCategory },
      data.map(({ point }) => point),
      data.map(({ value }) => value),
    )
  // Where observations are noisy, what is believed of the points counts, not a lucky draw.
  const believed = prior.noiseShare > 1e-3 ? processOf(observed) : undefined
  return {
    scale,
    best: Math.min(...observed.map(({ point, value }) => believed?.meanAt(point) ?? value)),
    process: (more) => processOf([...observed, ...more]),
    sketch: (more) => processOf([...some, ...more]),
  }
}

function bestFit({ fitted, isCategory, hyperPrior }: SurrogateOptions): Fit {
  const points = fitted.map(({ point }) => point)
  const values = fitted.map(({ value }) => value)
  const fitOn = (bend: Bend, start: ArrayLike<number>, iterationsMax: number): Fit => {
    const scale = createValueScale(values, bend)
    const scaled = values.map(scale.to)
    const fit = fitPrior(points, scaled, isCategory, hyperPrior, { start, iterationsMax })
    return { ...fit, scale, evidence: fit.logPosterior + scale.logSlopes }
  }
  const start = isCategory.map(() => 0.4 * Math.sqrt(isCategory.length))
  const first = fitOn(straight, start, firstIterations)
  let best = first
  for (const from of ['smallest', 'largest'] as const) {
    let before = first
    for (const share of bendShares[from]) {
      const fit = fitOn({ from, share }, before.prior.lengthScales, laterIterations)
      if (!(fit.evidence > before.evidence)) break
      before = fit
    }
    if (before.evidence > best.evidence) best = before
  }
  return best
}
