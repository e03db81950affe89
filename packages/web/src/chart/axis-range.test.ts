import { expect, test } from 'vitest'
import { rawLine } from '../../test/support/chart-fixtures.ts'
import {
  bucketCount,
  countNonPositive,
  fullXRange,
  nextRequestRange,
  requestRange,
  visibleYRange,
  zoomAround,
} from './axis-range.ts'
import { countOutside } from './outliers.ts'

test('y shows what is in view and 4 % more', () => {
  const line = rawLine([0, 1, 2, 3, 4], [100, 1, 2, 3, 100])
  expect(visibleYRange([line], [1.5, 2.5], 'linear')).toEqual([1 - 0.08, 3 + 0.08])
  expect(visibleYRange([line], [0, 4], 'linear')).toEqual([1 - 3.96, 100 + 3.96])
})

test('a constant has room around it, also zero', () => {
  expect(visibleYRange([rawLine([0, 1], [5, 5])], [0, 1], 'linear')).toEqual([4.5, 5.5])
  expect(visibleYRange([rawLine([0, 1], [0, 0])], [0, 1], 'linear')).toEqual([-1, 1])
  expect(fullXRange([rawLine([7], [1])], false)).toEqual([6.3, 7.7])
  // Of one reading of a machine: not years.
  expect(fullXRange([rawLine([1.7e9], [1])], false, true)).toEqual([1.7e9 - 30, 1.7e9 + 30])
})

test('a log axis starts at the least positive value and counts the others', () => {
  const line = rawLine([0, 1, 2, 3], [-1, 0, 0.01, 100])
  const [low, high] = visibleYRange([line], [0, 3], 'log')!
  expect(low).toBeLessThan(0.01)
  expect(low).toBeGreaterThan(0.005)
  expect(high).toBeGreaterThan(100)
  expect(countNonPositive([line], [0, 3])).toBe(2)
  expect(fullXRange([line], true)).toEqual([1, 3])
})

test('what is not finite has no say in the axis, however few points there are', () => {
  const { NaN: nan, POSITIVE_INFINITY: above, NEGATIVE_INFINITY: below } = Number
  const line = rawLine([0, 1, 2, 3, 4, 5], [2, above, 3, below, nan, 4])
  expect(visibleYRange([line], [0, 5], 'linear')).toEqual([2 - 0.08, 4 + 0.08])
  expect(visibleYRange([line], [0, 5], 'log')![0]).toBeCloseTo(2 / 2 ** 0.04)
  expect(countNonPositive([line], [0, 5])).toBe(0)
  expect(countOutside([line], [0, 5], [1.92, 4.08], 'linear')).toBe(0)
  expect(visibleYRange([rawLine([1, 2], [above, below])], [0, 3], 'linear')).toBeUndefined()
})

test('no data, no range', () => {
  expect(fullXRange([], false)).toBeUndefined()
  expect(visibleYRange([rawLine([], [])], [0, 1], 'linear')).toBeUndefined()
  expect(visibleYRange([rawLine([1], [-1])], [0, 2], 'log')).toBeUndefined()
})

test('a zoom asks for a quarter more on each side, and a small pan for nothing', () => {
  const first = requestRange([100, 200], false)
  expect(first).toEqual([75, 225])
  expect(nextRequestRange(first, [110, 210], false)).toBe(first)
  expect(nextRequestRange(first, [150, 250], false)).toEqual([125, 275])
  expect(nextRequestRange(first, [120, 140], false)).toEqual([115, 145])
})

test('the point under the pointer stays where it is', () => {
  expect(zoomAround([0, 100], 25, 0.5, false)).toEqual([12.5, 62.5])
  const [from, to] = zoomAround([1, 100], 10, 0.5, true)
  expect(from).toBeCloseTo(Math.sqrt(10))
  expect(to).toBeCloseTo(10 * Math.sqrt(10))
})

test('buckets follow the pixels until many runs share them', () => {
  expect([
    bucketCount(350, 10, false),
    bucketCount(384, 1, false),
    bucketCount(9999, 1, false),
    bucketCount(2000, 1000, false),
    bucketCount(1, 1, false),
  ]).toEqual([384, 384, 2048, 192, 64])
  expect([bucketCount(9999, 1, true), bucketCount(9999, 60, true)]).toEqual([4096, 3328])
})
