import { describe, expect, test } from 'vitest'
import {
  type BootstrapInterval,
  type BootstrapOptions,
  bootstrapInterval,
  bootstrapMean,
  createSeededRandom,
  rocAuc,
} from '../src/index.ts'
import { expectClose, readFixture } from './fixture.ts'
import { thrownBy } from './thrown-by.ts'

interface Fixture {
  values: number[]
  rows: number[]
  cases: (Pick<BootstrapOptions, 'method' | 'confidenceLevel'> & { expected: BootstrapInterval })[]
}

const fixture = readFixture<Fixture>('bootstrap')

test.each(fixture.cases)(
  'as SciPy, for the rows that it drew: $method, $confidenceLevel',
  ({ expected, ...options }) => {
    const drawn = fixture.rows.values()
    const random = (): number => (drawn.next().value! + 0.5) / fixture.values.length
    const actual = bootstrapMean(fixture.values, { ...options, random, resampleCount: 40 })
    expectClose(actual, expected)
  },
)

describe('intervals', () => {
  const random = createSeededRandom(1)
  const values = Array.from({ length: 400 }, random)

  test('are about as wide as theory says', () => {
    const { estimate, lower, upper, standardError, undefinedCount } = bootstrapMean(values)
    const expected = Math.sqrt(1 / 12 / values.length)
    expect(standardError / expected).toBeGreaterThan(0.9)
    expect(standardError / expected).toBeLessThan(1.1)
    expect((upper - lower) / (2 * 1.96 * expected)).toBeGreaterThan(0.9)
    expect((upper - lower) / (2 * 1.96 * expected)).toBeLessThan(1.1)
    expect(lower).toBeLessThan(estimate)
    expect(upper).toBeGreaterThan(estimate)
    expect(undefinedCount).toBe(0)
  })

  test('depend on the seed alone', () => {
    expect(bootstrapMean(values, { seed: 3 })).toEqual(bootstrapMean(values, { seed: 3 }))
    expect(bootstrapMean(values, { seed: 3 })).not.toEqual(bootstrapMean(values, { seed: 4 }))
  })

  test('are wider when they have to be surer', () => {
    const widths = [0.5, 0.9, 0.99].map((confidenceLevel) => {
      const { lower, upper } = bootstrapMean(values, { confidenceLevel })
      return upper - lower
    })
    expect(widths).toEqual(widths.toSorted((a, b) => a - b))
  })

  test('hold the true mean about as often as they say', () => {
    const draw = createSeededRandom(2)
    let hits = 0
    for (let trial = 0; trial < 200; trial += 1) {
      const sample = Array.from({ length: 60 }, draw)
      const { lower, upper } = bootstrapMean(sample, { confidenceLevel: 0.9, resampleCount: 200, seed: trial })
      if (lower <= 0.5 && upper >= 0.5) hits += 1
    }
    expect(hits / 200).toBeGreaterThan(0.8)
    expect(hits / 200).toBeLessThan(0.97)
  })
})

describe('awkward cases', () => {
  test('no rows give NaN, one row no width', () => {
    expect(bootstrapMean([])).toMatchObject({
      estimate: Number.NaN,
      lower: Number.NaN,
      upper: Number.NaN,
      undefinedCount: 0,
    })
    expect(bootstrapMean([5])).toMatchObject({ estimate: 5, lower: 5, upper: 5, standardError: 0 })
  })

  test('draws without a value are left out and counted', () => {
    const isPositive = [1, 0, 0]
    const scores = [3, 2, 1]
    const { estimate, lower, upper, undefinedCount } = bootstrapInterval(3, (rows) =>
      rocAuc(
        [...rows].map((row) => isPositive[row]!),
        [...rows].map((row) => scores[row]!),
      ),
    )
    expect([estimate, lower, upper]).toEqual([1, 1, 1])
    // (2/3)³ + (1/3)³ of 1,000.
    expect(undefinedCount).toBeGreaterThan(270)
    expect(undefinedCount).toBeLessThan(400)
  })

  test.each([{ confidenceLevel: 1 }, { confidenceLevel: Number.NaN }, { resampleCount: 0 }])(
    '%o cannot be',
    (options) => {
      expect(thrownBy(() => bootstrapMean([1, 2], options))).toMatchObject({ code: 'evaluation-option' })
    },
  )
})

test('random numbers of a seed are spread evenly, and those of the next seed are others', () => {
  const random = createSeededRandom(0)
  const counts = new Uint32Array(10)
  for (let index = 0; index < 100_000; index += 1) counts[Math.floor(random() * 10)]! += 1
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  expect(createSeededRandom(1)()).not.toBe(createSeededRandom(0)())
})
