import { describe, expect, test } from 'vitest'
import { countWarmupSteps, learningRateAt, type ScheduleOptions } from './schedules.ts'

const base = { learningRate: 10, warmupSteps: 2, trainingSteps: 10 }

/** The values that the tests of Hugging Face's Transformers expect of these schedules (tests/optimization). */
const expected: [ScheduleOptions, number[]][] = [
  [{ ...base, type: 'constant' }, [10, 10, 10, 10, 10, 10, 10, 10, 10, 10]],
  [{ ...base, type: 'constant_with_warmup', warmupSteps: 4 }, [0, 2.5, 5, 7.5, 10, 10, 10, 10, 10, 10]],
  [{ ...base, type: 'linear' }, [0, 5, 10, 8.75, 7.5, 6.25, 5, 3.75, 2.5, 1.25]],
  [{ ...base, type: 'cosine' }, [0, 5, 10, 9.61, 8.53, 6.91, 5, 3.08, 1.46, 0.38]],
  [{ ...base, type: 'cosine_with_restarts', settings: { numCycles: 2 } }, [0, 5, 10, 8.53, 5, 1.46, 10, 8.53, 5, 1.46]],
  [
    { ...base, type: 'polynomial', settings: { power: 2, lrEnd: 1e-7 } },
    [0, 5, 10, 7.656, 5.625, 3.906, 2.5, 1.406, 0.625, 0.156],
  ],
  [{ ...base, type: 'inverse_sqrt' }, [0, 5, 10, 8.165, 7.071, 6.325, 5.774, 5.345, 5, 4.714]],
]

describe('a learning rate goes on as it does in Python', () => {
  test.each(expected)('$type', (options, values) => {
    for (const [step, value] of values.entries()) {
      expect(Math.abs(learningRateAt(step, options) - value), `step ${step}`).toBeLessThan(0.01)
    }
  })

  test('cosine_with_min_lr ends at its share', () => {
    const options: ScheduleOptions = { ...base, type: 'cosine_with_min_lr', settings: { minLrRate: 0.1 } }
    expect(learningRateAt(2, options)).toBeCloseTo(10)
    expect(learningRateAt(6, options)).toBeCloseTo(5.5)
    expect(learningRateAt(10, options)).toBeCloseTo(1)
  })

  test('none goes below 0, and all end', () => {
    for (const [options] of expected) {
      for (let step = 0; step <= 30; step += 1) expect(learningRateAt(step, options)).toBeGreaterThanOrEqual(0)
    }
    expect(learningRateAt(10, { ...base, type: 'linear' })).toBe(0)
    expect(learningRateAt(10, { ...base, type: 'cosine_with_restarts' })).toBe(0)
    expect(learningRateAt(12, { ...base, type: 'polynomial', settings: { lrEnd: 0.5 } })).toBeCloseTo(0.5)
  })
})

test.each([
  [0, 0, 0],
  [0, 0.1, 11],
  [5, 0.1, 5],
  [0.25, 0.1, 26],
])('a warm-up of %s steps and the ratio %s', (steps, ratio, expectedSteps) => {
  expect(countWarmupSteps(steps, ratio, 101)).toBe(expectedSteps)
})
