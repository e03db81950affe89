import type { BucketSeries, RawSeries } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { sparklinePaths } from './sparkline.ts'

const raw = (x: readonly number[], y: readonly number[]): RawSeries =>
  ({ kind: 'raw', x: Float64Array.from(x), y: Float64Array.from(y) }) as unknown as RawSeries

test('lines of several runs share their range, and what is not finite leaves no mark', () => {
  expect(sparklinePaths([raw([0, 10], [0, 2]), raw([5], [4])])).toEqual(['M0 1L1 0.5', 'M0.5 0'])
  expect(sparklinePaths([raw([0, 1], [Number.NaN, Number.POSITIVE_INFINITY]), raw([], [])])).toEqual(['', ''])
  expect(sparklinePaths([raw([3], [7])])).toEqual(['M0.5 0.5'])
})

test('a spike of one point in a bucket stays', () => {
  const buckets = {
    kind: 'buckets',
    index: Uint32Array.of(0, 1),
    lastX: Float64Array.of(0, 1),
    min: Float32Array.of(1, 0),
    max: Float32Array.of(1, 100),
    last: Float64Array.of(1, 1),
  } as unknown as BucketSeries
  expect(sparklinePaths([buckets])).toEqual(['M0 0.99L1 1L1 0L1 0.99'])
})
