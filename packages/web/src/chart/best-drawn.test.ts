import { expect, test } from 'vitest'
import { rawSeries } from '../../test/support/chart-fixtures.ts'
import { isBeaten } from './best-drawn.ts'

test('a point that is better than the best known one is noticed, in either direction, and no other', () => {
  const series = rawSeries([0, 1, 2], [3, Number.NaN, 1])
  expect(isBeaten(2, series, 'minimize')).toBe(true)
  expect(isBeaten(1, series, 'minimize')).toBe(false)
  expect(isBeaten(0.5, series, 'minimize')).toBe(false)
  expect(isBeaten(2, series, 'maximize')).toBe(true)
  expect(isBeaten(3, series, 'maximize')).toBe(false)
})

test('any point is better than none, and what rounding has made of the best is not', () => {
  expect(isBeaten(undefined, rawSeries([0], [7]), 'minimize')).toBe(true)
  expect(isBeaten(undefined, rawSeries([0], [Number.NaN]), 'minimize')).toBe(false)
  expect(isBeaten(0.1, rawSeries([0], [Math.fround(0.1)]), 'maximize')).toBe(false)
  expect(isBeaten(-0.1, rawSeries([0], [-Math.fround(0.1)]), 'minimize')).toBe(false)
})
