import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalCdf } from '../src/distributions/standard-normal.ts'
import { createSearchSpace, type ModelOptions, parseSweepConfig, suggestByBayes, type Trial } from '../src/index.ts'
import { logExpectedImprovement } from '../src/search/bayes/expected-improvement.ts'
import { fitPrior, usualHyperPrior } from '../src/search/bayes/fit-prior.ts'
import { createGaussianProcess } from '../src/search/bayes/gaussian-process.ts'
import { minimize } from '../src/search/bayes/minimize.ts'
import { createValueScale } from '../src/search/bayes/value-scale.ts'

const spaceOf = (parameters: string) =>
  createSearchSpace(parseSweepConfig(`method: random\nparameters: ${parameters}`).config.parameters)

const optionsFor = (parameters: string, more: Partial<ModelOptions> = {}): ModelOptions => ({
  space: spaceOf(parameters),
  metric: { name: 'loss', goal: 'minimize', target: undefined },
  seed: 1,
  ...more,
})

/** Tries what is suggested, one after the other, and says what came of it. */
function search(options: ModelOptions, count: number, lossOf: (config: never) => number): readonly Trial[] {
  const trials: Trial[] = []
  for (let i = 0; i < count; i++) {
    const [{ assignment: config }] = suggestByBayes(trials, 1, options) as [{ assignment: Trial['config'] }]
    trials.push({ state: 'finished', config, history: [lossOf(config as never)] })
  }
  return trials
}

describe('the Gaussian process', () => {
  const xs = [0, 0.2, 0.4, 0.6, 0.8, 1]
  const ys = [1, 0.6, 0.3, 0.2, 0.3, 0.6]
  const [mean, deviation] = [0.5, 0.27080228]
  const scaled = ys.map((y) => (y - mean) / deviation)
  /** As W&B's: Matérn 3/2, nothing believed, variance 1, hardly any noise. */
  const fit = fitPrior(
    xs.map((x) => [x]),
    scaled,
    [false],
    {
      smoothness: 1.5,
      logLengthScale: { mean: 0, deviation: Infinity, min: Math.log(1e-5), max: Math.log(1e5) },
      logNoiseShare: { mean: Math.log(1e-7), deviation: Infinity, min: Math.log(1e-7), max: Math.log(1e-7) },
      signalVariance: { shape: 1e9, scale: 1e9 },
    },
    { start: [1], iterationsMax: 100 },
  )

  test('has the length scale and the predictions that scikit-learn’s has', () => {
    expect(fit.prior.lengthScales[0]).toBeCloseTo(0.326952, 3)
    const process = createGaussianProcess(
      { ...fit.prior, lengthScales: [0.326952], noiseShare: 1e-7 },
      xs.map((x) => [x]),
      scaled,
    )
    const predictions = [0.5, 0.55, 0.65, 0.9].map((x) => process.predict([x]))
    const expected = [
      [-0.998913, 0.212402],
      [-1.072985, 0.15658],
      [-1.094316, 0.15672],
      [-0.163749, 0.221301],
    ]
    for (const [i, [at, spread]] of expected.entries()) {
      expect(predictions[i]!.mean).toBeCloseTo(at!, 5)
      expect(predictions[i]!.deviation).toBeCloseTo(spread!, 5)
    }
    const best = Math.min(...scaled)
    expect(Math.exp(logExpectedImprovement(predictions[2]!, best).value)).toBeCloseTo(0.0560029, 5)
    expect(normalCdf((best - predictions[2]!.mean) / predictions[2]!.deviation)).toBeCloseTo(0.46567, 4)
  })

  test('its slopes, and those of the improvement and of the fit, are those of differences', () => {
    const prior = { ...fit.prior, lengthScales: [0.3, 0.5], isCategory: [false, false], smoothness: 2.5 as const }
    const points = xs.map((x, i) => [x, (i * 0.37) % 1])
    const process = createGaussianProcess(prior, points, scaled)
    const [meanSlope, deviationSlope] = [new Float64Array(2), new Float64Array(2)]
    const at = [0.31, 0.77]
    const here = process.predictWithSlopes(at, meanSlope, deviationSlope)
    const step = 1e-6
    for (const axis of [0, 1]) {
      const there = process.predict(at.with(axis, at[axis]! + step))
      expect(meanSlope[axis]).toBeCloseTo((there.mean - here.mean) / step, 3)
      expect(deviationSlope[axis]).toBeCloseTo((there.deviation - here.deviation) / step, 3)
    }
    for (const best of [-40, -3, -1, 0]) {
      const { value, byMean, byDeviation } = logExpectedImprovement(here, best)
      const moved = logExpectedImprovement({ ...here, mean: here.mean + step }, best).value
      const spread = logExpectedImprovement({ ...here, deviation: here.deviation + step }, best).value
      expect(((moved - value) / step / byMean).toFixed(2)).toBe('1.00')
      expect(((spread - value) / step / byDeviation).toFixed(2)).toBe('1.00')
    }
  })

  test('a fit ends where the posterior is flat', () => {
    const points = Array.from({ length: 20 }, (_, i) => [(i * 0.618) % 1, (i * 0.381) % 1])
    const values = points.map(([x, y]) => Math.sin(6 * x!) + 0.1 * y!)
    const options = { start: [0.5, 0.5], iterationsMax: 200 }
    const { prior, logPosterior } = fitPrior(points, values, [false, false], usualHyperPrior(2), options)
    // What hardly matters gets the longer scale.
    expect(prior.lengthScales[1]!).toBeGreaterThan(3 * prior.lengthScales[0]!)
    const again = fitPrior(points, values, [false, false], usualHyperPrior(2), { start: [3, 3], iterationsMax: 200 })
    expect(again.logPosterior).toBeCloseTo(logPosterior, 1)
  })
})

test('a walk downhill in a box ends at the bottom, or at the wall before it', () => {
  const valley = (x: Float64Array, gradient: Float64Array): number => {
    const bend = x[1]! - x[0]! ** 2
    gradient[0] = -400 * bend * x[0]! - 2 * (1 - x[0]!)
    gradient[1] = 200 * bend
    return 100 * bend ** 2 + (1 - x[0]!) ** 2
  }
  const inside = minimize(valley, [-1.2, 1], { low: [-2, -2], high: [2, 2] }, { iterationsMax: 200, tolerance: 1e-9 })
  expect([...inside.x].map((one) => one.toFixed(4))).toEqual(['1.0000', '1.0000'])
  const held = minimize(valley, [-1.2, 1], { low: [-2, -2], high: [0.5, 2] }, { iterationsMax: 200, tolerance: 1e-9 })
  expect([...held.x].map((one) => one.toFixed(4))).toEqual(['0.5000', '0.2500'])
})

test('a scale of values goes there and back, keeps their order, and says its slope', () => {
  const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 20 })
  const from = fc.constantFrom('smallest' as const, 'largest' as const, undefined)
  fc.assert(
    fc.property(values, from, fc.constantFrom(1, 0.1, 0.01), (some, end, share) => {
      const scale = createValueScale(some, { from: end, share })
      const sorted = some.toSorted((one, other) => one - other)
      for (const [i, value] of sorted.entries()) {
        expect(Math.abs(scale.from(scale.to(value)) - value)).toBeLessThan(1e-6)
        if (i > 0) expect(scale.to(value)).toBeGreaterThanOrEqual(scale.to(sorted[i - 1]!))
      }
    }),
  )
  const values4 = [1, 2, 5, 40]
  for (const end of ['smallest', 'largest', undefined] as const) {
    const scale = createValueScale(values4, { from: end, share: 0.1 })
    const slopes = values4.map((value) => Math.log((scale.to(value + 1e-6) - scale.to(value - 1e-6)) / 2e-6))
    expect(scale.logSlopes).toBeCloseTo(
      slopes.reduce((sum, one) => sum + one, 0),
      3,
    )
  }
})

describe('Bayesian search', () => {
  test('follows a curved valley to its end, though values span six orders of magnitude', () => {
    const options = optionsFor('{x: {min: -5.0, max: 10.0}, y: {min: -5.0, max: 10.0}}')
    const trials = search(options, 50, ({ x, y }: { x: number; y: number }) => 100 * (y - x * x) ** 2 + (1 - x) ** 2)
    expect(Math.min(...trials.map(({ history }) => history[0]!))).toBeLessThan(0.05)
  })

  test('leaves a wall along which it has looked for long', () => {
    const options = optionsFor('{x: {min: 0.0, max: 1.0}, y: {min: 0.0, max: 1.0}}')
    const lossOf = ({ x, y }: { x: number; y: number }): number => (x - 0.9) ** 2 + 4 * (y - 0.5) ** 2
    const atWall = Array.from({ length: 20 }, (_, i): Trial => {
      const config = { x: 1, y: i < 14 ? 0.5 + (i - 7) * 1e-4 : (i - 14) / 5 }
      return { state: 'finished', config, history: [lossOf(config)] }
    })
    const trials = [...atWall]
    for (let i = 0; i < 6; i++) {
      const [{ assignment: config }] = suggestByBayes(trials, 1, options) as [{ assignment: Trial['config'] }]
      trials.push({ state: 'finished', config, history: [lossOf(config as never)] })
    }
    expect(Math.min(...trials.map(({ history }) => history[0]!))).toBeLessThan(0.002)
  })

  test('finds the bottom of a bowl that a grid of as many points would miss', () => {
    const options = optionsFor('{x: {min: -5.0, max: 5.0}, lr: {distribution: log_uniform_values, min: 1e-5, max: 1}}')
    const lossOf = ({ x, lr }: { x: number; lr: number }): number => (x - 1.234) ** 2 + (Math.log10(lr) + 2.5) ** 2
    const trials = search(options, 25, lossOf)
    expect(Math.min(...trials.map(({ history }) => history[0]!))).toBeLessThan(0.01)
    const turned = search(
      { ...options, metric: { ...options.metric, goal: 'maximize' } },
      25,
      (config) => -lossOf(config),
    )
    expect(Math.max(...turned.map(({ history }) => history[0]!))).toBeGreaterThan(-0.01)
  })

  test('chooses among categories, integers and steps, and repeats no point while there are others', () => {
    const options = optionsFor(
      '{kind: {values: [a, b, null, {deep: 1}]}, layers: {min: 1, max: 4}, rate: {distribution: q_uniform, min: 0, max: 0.5, q: 0.1}}',
    )
    const lossOf = ({ kind, layers, rate }: { kind: unknown; layers: number; rate: number }): number =>
      Number(kind !== null) + Math.abs(layers - 3) + Math.abs(rate - 0.3)
    const trials = search(options, 30, lossOf)
    expect(Math.min(...trials.map(({ history }) => history[0]!))).toBeCloseTo(0, 6)
    const tried = trials.map(({ config }) => JSON.stringify(config))
    expect(new Set(tried.slice(6)).size).toBe(24)
  })

  test('several at once keep apart from each other and from what is being tried', () => {
    const options = optionsFor('{x: {min: 0.0, max: 1.0}}')
    const ended = search(options, 8, ({ x }: { x: number }) => (x - 0.3) ** 2)
    const running: Trial = { state: 'running', config: { x: 0.31 }, history: [] }
    const suggestions = suggestByBayes([...ended, running], 3, options)
    const xs = [0.31, ...suggestions.map(({ assignment }) => assignment.x as number)].sort((one, other) => one - other)
    for (let i = 1; i < xs.length; i++) expect(xs[i]! - xs[i - 1]!).toBeGreaterThan(1e-6)
  })

  test('the same trials and seed lead to the same suggestion, and it says what it expects', () => {
    const options = optionsFor('{x: {min: 0.0, max: 1.0}}', {
      metric: { name: 'loss', goal: 'maximize', target: undefined },
    })
    const trials = search(options, 10, ({ x }: { x: number }) => 5 - (x - 0.3) ** 2)
    const [suggestion] = suggestByBayes(trials, 1, options)
    expect(suggestByBayes(trials, 1, options)).toEqual([suggestion])
    const { value, low, high, successProbability } = suggestion!.expectation!
    expect(low).toBeLessThanOrEqual(value)
    expect(value).toBeLessThanOrEqual(high)
    expect(value).toBeCloseTo(5 - ((suggestion!.assignment.x as number) - 0.3) ** 2, 1)
    expect(successProbability).toBeGreaterThan(0)
    expect(successProbability).toBeLessThanOrEqual(1)
  })

  test('what failed counts as the worst, what was stopped early as what it reached, and odd runs not at all', () => {
    const options = optionsFor('{x: {min: 0.0, max: 1.0}}')
    const trials: Trial[] = [
      ...search(options, 6, ({ x }: { x: number }) => x),
      { state: 'crashed', config: { x: 0.01 }, history: [] },
      { state: 'killed', config: { x: 0.05 }, history: [0.5, 0.05], isStoppedEarly: true },
      { state: 'finished', config: { x: 0.02 }, history: [Number.NaN], summary: Number.POSITIVE_INFINITY },
      { state: 'finished', config: { x: 'wide' }, history: [-9] },
      { state: 'finished', config: {}, history: [-9] },
    ]
    const [suggestion] = suggestByBayes(trials, 1, options)
    expect(suggestion!.assignment.x).toBeGreaterThan(0.02)
    expect(suggestion!.expectation!.value).toBeGreaterThan(-1)
  })

  test('any space and any values lead to an assignment within the space', () => {
    const value = fc.oneof(fc.double(), fc.constantFrom(0, 1e300, -1e300, 1e-300))
    fc.assert(
      fc.property(fc.array(value, { minLength: 8, maxLength: 30 }), fc.boolean(), (values, areAlike) => {
        const options = optionsFor('{x: {min: 0.0, max: 1.0}, k: {values: [a, b]}, c: {value: 7}}')
        const trials = values.map(
          (one, i): Trial => ({
            state: 'finished',
            config: { x: areAlike ? 0.5 : (i * 0.618) % 1, k: i % 2 ? 'a' : 'b', c: 7 },
            history: [one],
          }),
        )
        for (const { assignment } of suggestByBayes(trials, 2, options)) {
          expect(assignment.x).toBeGreaterThanOrEqual(0)
          expect(assignment.x).toBeLessThanOrEqual(1)
          expect(['a', 'b']).toContain(assignment.k)
          expect(assignment.c).toBe(7)
        }
      }),
      { numRuns: 30 },
    )
  })
})
