import { expect, test } from 'vitest'
import { groupLine, rawLine } from '../../test/support/chart-fixtures.ts'
import { centralYRange, countOutside } from './outliers.ts'

const steps = [...Array(1000).keys()]

test('a few extreme values do not make the axis, and are counted', () => {
  const line = rawLine(
    steps,
    steps.map((step) => (step === 10 ? 1e6 : step === 20 ? -1e6 : 1 + (step % 10) / 10)),
  )
  const range = centralYRange([line], [0, 999], 'linear')!
  expect(range[0]).toBeCloseTo(1 - 0.9 * 0.08, 9)
  expect(range[1]).toBeCloseTo(1.9 + 0.9 * 0.08, 9)
  expect(countOutside([line], [0, 999], range, 'linear')).toBe(2)
  expect(countOutside([line], [100, 999], range, 'linear')).toBe(0)
})

test('the bands of groups have room, where the means alone would cut them', () => {
  const line = groupLine('a', Array(200).fill(5))
  const [low, high] = centralYRange([line], [0, 199], 'linear')!
  expect([low, high]).toEqual([4 - 2 * 0.08, 6 + 2 * 0.08])
  expect(countOutside([line], [0, 199], [low, high], 'linear')).toBe(0)
  // Where a band goes below 0, the mean counts on a log axis.
  expect(centralYRange([groupLine('b', Array(200).fill(0.5))], [0, 199], 'log')?.[0]).toBeCloseTo(0.46, 2)
})

test('only what is in view counts, and on a log axis only what is positive', () => {
  const line = rawLine(
    steps,
    steps.map((step) => (step < 500 ? -5 : 10)),
  )
  expect(centralYRange([line], [0, 400], 'log')).toBeUndefined()
  expect(centralYRange([line], [500, 900], 'linear')).toEqual([9, 11])
  expect(centralYRange([line], [0, 999], 'log')).toEqual([5, 20])
  expect(countOutside([line], [0, 999], [5, 20], 'log')).toBe(0)
})
