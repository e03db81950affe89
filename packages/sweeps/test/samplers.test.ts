import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createRandomSource,
  createSearchSpace,
  parseSweepConfig,
  suggest,
  type Trial,
  type TrialState,
} from '../src/index.ts'
import { evolve, startEvolution } from '../src/search/cmaes/evolution.ts'
import { createParzenEstimator } from '../src/search/tpe/parzen-estimator.ts'

const samplers = ['gp', 'tpe', 'cmaes'] as const
const configOf = (sampler: string, parameters: string) =>
  parseSweepConfig(
    `method: bayes\nsampler: ${sampler}\nmetric: {name: loss, goal: minimize}\nparameters: ${parameters}`,
  ).config

const mixed =
  '{x: {min: 0.0, max: 1.0}, n: {min: 1, max: 5}, kind: {values: [a, b, null]}, q: {distribution: q_uniform, min: 0, max: 1, q: 0.25}, lr: {distribution: log_uniform_values, min: 1e-4, max: 1}, c: {value: 7}}'

/** The best that a search finds, one run after the other. */
function bestOf(sampler: string, parameters: string, count: number, lossOf: (config: never) => number): number {
  const config = configOf(sampler, parameters)
  const trials: Trial[] = []
  for (let i = 0; i < count; i++) {
    const [suggestion] = suggest(config, trials, { seed: 3 })
    trials.push({
      state: 'finished',
      config: suggestion!.assignment,
      history: [lossOf(suggestion!.assignment as never)],
    })
  }
  return Math.min(...trials.map(({ history }) => history[0]!))
}

describe.each(samplers)('%s', (sampler) => {
  const config = configOf(sampler, mixed)

  test('stays within the space, says the same by the same seed, and keeps several at once apart, whatever runs did', () => {
    const states: readonly TrialState[] = [
      'finished',
      'finished',
      'finished',
      'running',
      'failed',
      'crashed',
      'killed',
      'pending',
    ]
    const run = fc.record({
      state: fc.constantFrom(...states),
      history: fc.array(fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, 1e300)), { maxLength: 2 }),
    })
    fc.assert(
      fc.property(fc.array(run, { maxLength: 40 }), fc.nat(), (runs, seed) => {
        const places = suggest({ ...config, method: 'random' }, [], { count: runs.length, seed })
        const trials = runs.map((one, i): Trial => ({ ...one, config: places[i]!.assignment }))
        const suggestions = suggest(config, trials, { count: 3, seed })
        expect(suggest(config, trials, { count: 3, seed })).toEqual(suggestions)
        expect(new Set(suggestions.map(({ assignment }) => JSON.stringify(assignment))).size).toBe(3)
        for (const { assignment } of suggestions) {
          expect(assignment.x).toBeGreaterThanOrEqual(0)
          expect(assignment.x).toBeLessThanOrEqual(1)
          expect([1, 2, 3, 4, 5]).toContain(assignment.n)
          expect(['a', 'b', null]).toContain(assignment.kind)
          expect([0, 0.25, 0.5, 0.75, 1]).toContain(assignment.q)
          expect(assignment.lr).toBeGreaterThanOrEqual(1e-4)
          expect(assignment.lr).toBeLessThanOrEqual(1)
          expect(assignment.c).toBe(7)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('finds what chance does not', () => {
    const lossOf = ({ x, n, kind, lr }: { x: number; n: number; kind: unknown; lr: number }): number =>
      (x - 0.2) ** 2 + 0.1 * Math.abs(n - 4) + (kind === null ? 0 : 0.3) + 0.1 * (Math.log10(lr) + 2) ** 2
    expect(bestOf(sampler, mixed, 80, lossOf)).toBeLessThan(0.02)
  })
})

test('an evolution ends at the bottom of a bent and stretched bowl', () => {
  const heightOf = ([x, y, z]: readonly number[]): number =>
    (x! - 0.3) ** 2 + 100 * (y! - x!) ** 2 + 1e4 * (z! - 0.7) ** 2
  const random = createRandomSource(5)
  let evolution = startEvolution(3)
  for (let generation = 0; generation < 120; generation++) {
    const { mean, stepSize, factored } = evolution
    const points = Array.from({ length: 8 }, () => {
      const normals = [random.normal(), random.normal(), random.normal()]
      return Array.from(mean, (at, row) =>
        normals
          .slice(0, row + 1)
          .reduce((sum, one, column) => sum + stepSize * factored.lower[row * 3 + column]! * one, at),
      )
    })
    evolution = evolve(
      evolution,
      points.sort((one, other) => heightOf(one) - heightOf(other)),
    )
  }
  expect(heightOf([...evolution.mean])).toBeLessThan(1e-10)
  expect(evolution.stepSize).toBeLessThan(1e-3)
})

test('the density of an estimator is one, and is that of its samples', () => {
  const { dimensions } = createSearchSpace(
    parseSweepConfig('method: random\nparameters: {a: {min: 0.0, max: 1.0}, b: {values: [x, y, z]}}').config.parameters,
  )
  const shares = dimensions[1]!.shares!
  const estimator = createParzenEstimator(dimensions, [
    [0.02, shares[0]!],
    [0.6, shares[2]!],
  ])
  let sum = 0
  let below = 0
  const steps = 2000
  for (let i = 0; i < steps; i++) {
    const at = (i + 0.5) / steps
    const here = shares.reduce((total, share) => total + Math.exp(estimator.logDensity([at, share])), 0) / steps
    sum += here
    if (at < 0.3) below += here
  }
  expect(sum).toBeCloseTo(1, 3)
  const random = createRandomSource(2)
  const samples = Array.from({ length: 4000 }, () => estimator.sample(random))
  expect(samples.filter(([at]) => at! < 0.3).length / samples.length).toBeCloseTo(below, 1)
})
