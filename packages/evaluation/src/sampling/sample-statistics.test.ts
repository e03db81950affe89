import { expect, test } from 'vitest'
import { createSampleStatistics } from './sample-statistics.ts'

test('statistics of few values are those of all of them', () => {
  const statistics = createSampleStatistics()
  expect(statistics.summarise()).toEqual({})
  for (let value = 100; value >= 0; value -= 1) statistics.add(value)
  expect(statistics.summarise()).toEqual({ mean: 50, p50: 50, p90: 90, p95: 95, p99: 99 })
})

test('of many values the mean is exact and percentiles are those of a sample', () => {
  const statistics = createSampleStatistics()
  for (let value = 0; value < 100_000; value += 1) statistics.add(value)
  const { mean, p50 = 0, p99 = 0 } = statistics.summarise()
  expect(mean).toBe(49_999.5)
  // Ten standard errors of the sample's share.
  expect(Math.abs(p50 - 50_000)).toBeLessThan(5_000)
  expect(Math.abs(p99 - 99_000)).toBeLessThan(1_000)
})
