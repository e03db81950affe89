import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distribution, type NumberParameter, parseSweepConfig, quantile } from '../src/index.ts'
import reference from './fixtures/distributions.json' with { type: 'json' }

function parameterOf(definition: string): NumberParameter {
  const { config } = parseSweepConfig(`method: random\nparameters: {a: ${definition}}`)
  return config.parameters.get('a') as NumberParameter
}

describe('quantiles and shares are SciPy’s', () => {
  test.each(reference.cases)('of $definition', ({ definition, values, shares }) => {
    const parameter = parameterOf(definition)
    for (const [i, value] of values.entries()) {
      const near = Math.max(Math.abs(value), 1e-6) * 1e-9
      expect(Math.abs(quantile(parameter, reference.shares[i]!) - value)).toBeLessThan(near)
      expect(distribution(parameter, value)).toBeCloseTo(shares[i]!, 10)
    }
  })
})

describe('quantiles are those of W&B’s library', () => {
  test.each([
    ['{min: 1, max: 10}', [1, 3, 5, 9]],
    ['{distribution: q_uniform, min: 1, max: 10, q: 4}', [0, 4, 4, 8]],
    ['{distribution: q_uniform, min: 0, max: 1, q: 0.5}', [0, 0, 0.5, 1]],
    ['{distribution: log_uniform, min: -5, max: 0}', [0.011109, 0.0235177, 0.082085, 0.606531]],
    ['{distribution: log_uniform_values, min: 0.001, max: 1}', [0.00199526, 0.00562341, 0.0316228, 0.501187]],
    ['{distribution: inv_log_uniform, min: 0, max: 5}', [0.011109, 0.0235177, 0.082085, 0.606531]],
    ['{distribution: q_log_uniform_values, min: 1, max: 1000, q: 10}', [0, 10, 30, 500]],
    ['{distribution: normal, mu: 10, sigma: 2}', [7.4369, 8.65102, 10, 12.5631]],
    ['{distribution: q_normal, mu: 10, sigma: 2, q: 0.5}', [7.5, 8.5, 10, 12.5]],
    ['{distribution: log_normal}', [0.277606, 0.509416, 1, 3.60222]],
    ['{distribution: q_log_normal, mu: 1, sigma: 1, q: 1}', [1, 1, 3, 10]],
    ['{distribution: beta, a: 2, b: 3}', [0.142559, 0.243022, 0.385728, 0.679539]],
    ['{distribution: q_beta, a: 2, b: 3, q: 0.25}', [0.25, 0.25, 0.5, 0.75]],
  ])('of %s', (definition, values) => {
    const parameter = parameterOf(definition)
    for (const [i, share] of [0.1, 0.25, 0.5, 0.9].entries()) {
      expect(quantile(parameter, share)).toBeCloseTo(values[i]!, values[i]! < 1 ? 6 : 4)
    }
  })
})

test('the share of a quantile is the share again; larger shares have larger quantiles', () => {
  const range = fc.tuple(fc.double({ min: 0.001, max: 1, noNaN: true }), fc.double({ min: 2, max: 1e6, noNaN: true }))
  const parameters = fc.oneof(
    range.map(([min, max]): NumberParameter => ({ kind: 'uniform', min, max })),
    range.map(([min, max]): NumberParameter => ({ kind: 'log_uniform_values', min, max })),
    range.map(([sigma, mu]): NumberParameter => ({ kind: 'normal', mu, sigma })),
    range.map(([a, b]): NumberParameter => ({ kind: 'beta', a: 0.2 + a * 20, b: Math.min(b, 50) })),
  )
  const share = fc.double({ min: 0.001, max: 0.999, noNaN: true })
  fc.assert(
    fc.property(parameters, share, share, (parameter, one, other) => {
      expect(distribution(parameter, quantile(parameter, one))).toBeCloseTo(one, 6)
      const [low, high] = [Math.min(one, other), Math.max(one, other)]
      expect(quantile(parameter, low)).toBeLessThanOrEqual(quantile(parameter, high))
    }),
  )
})

test('ends of the shares have values too, and those of integers are in their range', () => {
  for (const definition of [
    '{distribution: normal}',
    '{distribution: beta}',
    '{min: 2, max: 4}',
    '{min: 0.5, max: 2}',
  ]) {
    expect(Number.isFinite(quantile(parameterOf(definition), 0))).toBe(true)
    expect(Number.isFinite(quantile(parameterOf(definition), 1))).toBe(true)
  }
  expect([quantile(parameterOf('{min: 2, max: 4}'), 0), quantile(parameterOf('{min: 2, max: 4}'), 1)]).toEqual([2, 4])
  expect(distribution(parameterOf('{distribution: log_normal}'), -1)).toBe(0)
})

test('the ends of the axis are the ends of a range, to the last digit', () => {
  const ends = (definition: string) => [0, 1].map((share) => quantile(parameterOf(definition), share))
  expect(ends('{min: 0.0, max: 1.0}')).toEqual([0, 1])
  expect(ends('{distribution: log_uniform_values, min: 1.0e-5, max: 0.1}')).toEqual([1e-5, 0.1])
  expect(ends('{min: 1, max: 3}')).toEqual([1, 3])
  expect(ends('{distribution: normal}').every(Number.isFinite)).toBe(true)
})
