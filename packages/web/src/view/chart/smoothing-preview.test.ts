import { createSmoother, type Smoothing } from '@lossline/protocol'
import { describe, expect, test } from 'vitest'
import { groupLine, rawLine, reducedLine } from '../../../test/support/chart-fixtures.ts'
import { lossCurve } from '../../../test/support/generated-data.ts'
import type { CachedSeries } from '../../api/series-cache.ts'
import { previewSmoothing } from './smoothing-preview.ts'

const none: Smoothing = { kind: 'none' }
const came: Smoothing = { kind: 'ema', weight: 0.6 }
const pointCount = 50_000
const range = 2 ** 16

function smoothedOf(entry: CachedSeries, smoothing: Smoothing): Float64Array | undefined {
  const series = previewSmoothing(entry, smoothing, range)?.series
  return series && series.kind !== 'group' ? series.smoothed : undefined
}

const curves = {
  loss: lossCurve(pointCount, 1),
  waves: {
    steps: Float64Array.from({ length: pointCount }, (_, i) => i),
    values: Float64Array.from({ length: pointCount }, (_, i) => Math.sin(i / 2000) + ((i * 7919) % 100) / 200),
  },
}

describe.each(Object.entries(curves))('of buckets of %s', (_, column) => {
  test.each([
    { kind: 'time-weighted-ema', weight: 0.6 },
    { kind: 'time-weighted-ema', weight: 0.99 },
    { kind: 'ema', weight: 0.999 },
    { kind: 'gaussian', sigma: 500 },
    { kind: 'running-average', window: 2000 },
  ] satisfies Smoothing[])('%o is that of all points, but for 2 % of what they span', (smoothing) => {
    const { series, grid } = reducedLine(column, 500, { smoothing: came })
    const exact = createSmoother({ x: column.steps, y: column.values }, smoothing, range)!
    const ends = Uint32Array.from(series.lastX, (x) => column.steps.indexOf(x))
    const approximate = smoothedOf({ series, grid, smoothing: came }, smoothing)!
    const span = Math.max(...series.max) - Math.min(...series.min)
    const errors = exact(ends).map((value, i) => Math.abs(value - approximate[i]!) / span)
    // The first bucket has nothing before it.
    expect(Math.max(...errors.slice(1))).toBeLessThan(0.02)
  })
})

test('of points it is that of the server', () => {
  const { series, grid } = rawLine([0, 1, 2, 4], [1, 5, Number.NaN, 3])
  const smoothing: Smoothing = { kind: 'ema', weight: 0.5 }
  expect(smoothedOf({ series, grid }, smoothing)).toEqual(
    Float64Array.of(1, (0.5 * 1 + 5) / 1.5, Number.NaN, ((0.5 * 1 + 5) * 0.5 + 3) / 1.75),
  )
  expect(smoothedOf({ series, grid }, none)).toEqual(new Float64Array())
})

test('what cannot follow stays as it is: groups, buckets without means, a weight that refers to nobody knows what', () => {
  const { series, grid } = reducedLine(curves.loss, 100)
  expect(previewSmoothing({ series, grid }, came, range)).toBeUndefined()
  expect(previewSmoothing(groupLine('g', [1, 2]), came, range)).toBeUndefined()
  const weighted: Smoothing = { kind: 'time-weighted-ema', weight: 0.5 }
  const line = rawLine([0, 1], [1, 2])
  expect(previewSmoothing(line, weighted, undefined)).toBeUndefined()
  expect(previewSmoothing(line, { ...weighted, range: 8 }, undefined)).toBeDefined()
})
