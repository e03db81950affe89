import type { GroupSeries } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { rawLine, reducedLine } from '../../test/support/chart-fixtures.ts'
import { lossCurve } from '../../test/support/generated-data.ts'
import { accountForDrawing, type DrawingFacts } from './drawing-account.ts'

const facts: DrawingFacts = {
  lines: [],
  smoothing: { kind: 'none' },
  xName: 'step',
  formatLength: (length) => `${Math.round(length)} steps`,
  grouping: { statistic: 'mean', band: 'none' },
  marks: [],
  ignoresOutliers: false,
  sharesYRange: false,
  noisyCount: 0,
}
const textOf = (name: string, more: Partial<DrawingFacts>): string | undefined =>
  accountForDrawing({ ...facts, ...more }).find((step) => step.name === name)?.text

test('a chart without a line has nothing to account for', () => {
  expect(accountForDrawing(facts)).toEqual([])
})

test('says that every point is shown only where that is so', () => {
  const short = rawLine([0, 1, 2], [1, 2, 3])
  const long = reducedLine(lossCurve(10_000, 1), 100)
  expect(textOf('Points', { lines: [short] })).toBe('Every point is shown: 3 points.')
  const mixed = textOf('Points', { lines: [short, long] })
  expect(mixed).toMatch(/^10,000 points of 1 line in buckets of 100 steps\./)
  expect(mixed).toMatch(/Of 1 shorter line every point\.$/)
})

test('names the marks that there are, what weighs most first', () => {
  const lines = [rawLine([0, 1], [1, 2])]
  expect(textOf('Marks', { lines })).toBeUndefined()
  const marks = (['finished', 'failed', 'finished'] as const).map((shape) => ({ shape }))
  expect(textOf('Marks', { lines, marks })).toMatch(/behind the lines: × failed or stopped · ■ finished\./)
})

test('names the smoothing, and that a zoom does not change it', () => {
  const lines = [rawLine([0, 1], [1, 2])]
  expect(textOf('Smoothing', { lines })).toMatch(/as they were logged/)
  const smoothed = textOf('Smoothing', { lines, smoothing: { kind: 'time-weighted-ema', weight: 0.6 } })
  expect(smoothed).toMatch(/time-weighted EMA, half-life ≈ [\d.]+ % of x/)
  expect(smoothed).toMatch(/never the zoom/)
  expect(textOf('Smoothing', { lines, smoothing: { kind: 'gaussian', sigma: 3 } })).not.toMatch(/never the zoom/)
})

test('does not say that values are drawn as logged where a mean is drawn over them', () => {
  const lines = [rawLine([0, 1], [1, 2])]
  expect(textOf('Noise', { lines })).toBeUndefined()
  expect(textOf('Noise', { lines, noisyCount: 2 })).toMatch(/^2 lines would cover .* mean over every 6 pixels/)
  expect(textOf('Smoothing', { lines, noisyCount: 2 })).toBe('None.')
})

test('names statistic, band and the rule by which runs of a group are aligned', () => {
  const { series, ...rest } = rawLine([0, 1], [1, 2])
  const group: GroupSeries = {
    ...series,
    kind: 'group',
    name: 'adam',
    size: 3,
    grid: { from: 0, to: 1000, count: 50, scale: 'linear' },
    index: Uint32Array.of(0, 1),
    runCount: Uint32Array.of(3, 2),
    centre: series.kind === 'raw' ? series.y : new Float64Array(),
    x: Float64Array.of(0, 1),
    low: Float64Array.of(0, 1),
    high: Float64Array.of(2, 3),
  }
  const lines = [{ ...rest, series: group }]
  const text = textOf('Groups', { lines, grouping: { statistic: 'median', band: 'sd' } })
  expect(text).toMatch(/median of its runs, over all points/)
  expect(text).toMatch(/aligned by x in buckets of 20 steps/)
  expect(text).toMatch(/one standard deviation \(n − 1\)/)
  expect(textOf('Points', { lines })).toBeUndefined()
})

test('says that other charts have the same range only where that is so', () => {
  const lines = [rawLine([0, 1], [1, 2])]
  expect(textOf('Y range', { lines })).toBeUndefined()
  expect(textOf('Y range', { lines, sharesYRange: true })).toBe('The same for all line charts of the section.')
})

test('says that outliers are out of sight only where they are', () => {
  const lines = [rawLine([0, 1], [1, 2])]
  expect(textOf('Not shown', { lines })).toBeUndefined()
  expect(textOf('Not shown', { lines, ignoresOutliers: true })).toMatch(/97\.5th percentile/)
})
