import { expect, test } from 'vitest'
import { rawSeries } from '../../test/support/chart-fixtures.ts'
import { countNonFinite, nonFiniteText } from './non-finite.ts'

test('NaN and the two infinities are told apart, in view or over all', () => {
  const nonFinite = {
    x: Float64Array.of(1, 2, 3, 9),
    value: Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN),
  }
  const series = [rawSeries([1, 2, 3, 9], [0, 0, 0, 0], { nonFinite }), rawSeries([1], [1])]
  expect(nonFiniteText(countNonFinite(series))).toBe('2 NaN, 1 +∞, 1 −∞')
  expect(nonFiniteText(countNonFinite(series, [2, 3]))).toBe('1 +∞, 1 −∞')
  expect(nonFiniteText(countNonFinite([]))).toBe('')
})
