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

test('y shows what is in view and 4 % more', () => {
  const line = rawLine([0, 1, 2, 3, 4], [100, 1, 2, 3, 100])
  expect(visibleYRange([line], [1.5, 2.5], false)).toEqual([1 - 0.08, 3 + 0.08])
  expect(visibleYRange([line], [0, 4], false)).toEqual([1 - 3.96, 100 + 3.96])
})

test('a constant has room around it, also zero', () => {
  expect(visibleYRange([rawLine([0, 1], [5, 5])], [0, 1], false)).toEqual([4.5, 5.5])
  expect(visibleYRange([rawLine([0, 1], [0, 0])], [0, 1], false)).toEqual([-1, 1])
  expect(fullXRange([rawLine([7], [1])], false)).toEqual([6.3, 7.7])
})

test('a log axis starts at the least positive value and counts the others', () => {
  const line = rawLine([0, 1, 2, 3], [-1, 0, 0.01, 100])
  const [low, high] = visibleYRange([line], [0, 3], true)!
  expect(low).toBeLessThan(0.01)
  expect(low).toBeGreaterThan(0.005)
  expect(high).toBeGreaterThan(100)
  expect(countNonPositive([line], [0, 3])).toBe(2)
  expect(fullXRange([line], true)).toEqual([1, 3])
})

test('no data, no range', () => {
  expect(fullXRange([], false)).toBeUndefined()
  expect(visibleYRange([rawLine([], [])], [0, 1], false)).toBeUndefined()
  expect(visibleYRange([rawLine([1], [-1])], [0, 2], true)).toBeUndefined()
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
    bucketCount(350, 10),
    bucketCount(384, 1),
    bucketCount(9999, 1),
    bucketCount(2000, 1000),
    bucketCount(1, 1),
  ]).toEqual([384, 384, 2048, 192, 64])
})
