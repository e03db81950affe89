import type { SeriesX } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { groupLine, rawLine } from '../../test/support/chart-fixtures.ts'
import type { ChartLine } from './chart-line.ts'
import { type ChartModelInput, toChartModel, withSharedY } from './chart-model.ts'

function modelOf(line: ChartLine, more: Partial<ChartModelInput> = {}) {
  const { runId, label, style, series, grid } = line
  return toChartModel({
    sources: [{ seriesId: runId, runId, label, style, unit: '' }],
    series: new Map([[runId, { series, grid }]]),
    x: { kind: 'step' } satisfies SeriesX,
    zoomX: undefined,
    zoomY: undefined,
    isLogX: false,
    yScale: 'linear',
    ignoresOutliers: false,
    breaksGaps: false,
    showsOriginal: true,
    drawsEveryStroke: false,
    pins: [],
    timeZone: 'utc',
    form: 'line',
    notes: { marks: [], pins: [], inherited: new Map() },
    limits: {},
    ...more,
  })
}

test('a run of few points with an infinity among them is drawn by the others, and the infinity is counted', () => {
  const nonFinite = { x: Float64Array.of(1), value: Float64Array.of(Number.POSITIVE_INFINITY) }
  const line = rawLine([0, 1, 2, 3], [2, Number.POSITIVE_INFINITY, 3, 4], { nonFinite })
  const { content, clippedCount, undrawable, nonFinite: counts } = modelOf(line)
  expect(content?.y).toEqual([1.92, 4.08])
  expect([clippedCount, undrawable, counts]).toEqual([0, undefined, { nan: 0, above: 1, below: 0 }])
  expect(modelOf(line, { zoomX: [1.5, 3] }).nonFinite.above).toBe(0)
})

test('a y range that charts have in common shows what lies in it, and changes nothing of what the chart needs itself', () => {
  const model = modelOf(rawLine([0, 1, 2], [1, 2, 3]))
  expect(model.ownY).toEqual([0.92, 3.08])
  const shared = withSharedY(model, [-10, 3])
  expect([shared.content?.y, shared.ownY, shared.clippedCount]).toEqual([[-10, 3], model.ownY, 0])
  expect(withSharedY(model, [0, 2.5]).clippedCount).toBe(1)
  expect(withSharedY(model, undefined)).toBe(model)
  // Nor does a zoom.
  expect(modelOf(rawLine([0, 1, 2], [1, 2, 3]), { zoomY: [0, 1] }).ownY).toEqual(model.ownY)
})

test('runs of a group are drawn behind its line and seen by the y axis, and are no lines that anybody points at', () => {
  const group = groupLine('g', [5, 5, 5])
  const member = rawLine([0, 1, 2], [1, 5, 20])
  const sources = [
    { seriesId: 'group:g', runId: 'group:g', label: 'g', style: group.style, unit: '' },
    { seriesId: 'a', runId: 'a', label: 'run a', style: group.style, unit: '', isMember: true },
  ]
  const series = new Map([
    ['group:g', group],
    ['a', member],
  ])
  const { lines, members, content } = modelOf(group, { sources, series })
  expect(lines.map(({ runId }) => runId)).toEqual(['group:g'])
  expect([members, content?.members].map((some) => some?.map(({ label }) => label))).toEqual([['run a'], ['run a']])
  expect(content?.y[1]).toBeGreaterThan(20)
})

test('an axis of whole numbers is known by its points', () => {
  expect(modelOf(rawLine([1, 2, 12], [1, 2, 3])).content?.xFormat).toBe('integer')
  expect(modelOf(rawLine([1, 2.5, 12], [1, 2, 3])).content?.xFormat).toBe('number')
  expect(modelOf(rawLine([1, 2, 12], [1, 2, 3]), { x: { kind: 'wall' } }).content?.xFormat).toBe('utc-time')
})

test('a smoothed line alone makes its own axis, and nothing of the original counts as outside', () => {
  const line = rawLine([0, 1, 2, 3], [0, 100, 0, 100], { smoothed: Float64Array.of(10, 20, 30, 40) })
  const alone = modelOf(line, { showsOriginal: false })
  expect(alone.content?.y).toEqual([10 - 1.2, 40 + 1.2])
  expect(alone.clippedCount).toBe(0)
  expect(modelOf(line).content?.y).toEqual([-4, 104])
})

test('an axis of what is counted is known as such, unless it is smoothed; another axis than the step has a title', () => {
  const epochs = rawLine([0, 1, 2], [1, 1, 2])
  expect(modelOf(epochs).content).toMatchObject({ isWholeY: true, xFormat: 'integer' })
  expect(modelOf(epochs).content).not.toHaveProperty('xTitle')
  expect(modelOf(rawLine([0, 1], [1, Number.NaN])).content?.isWholeY).toBe(true)
  expect(modelOf(rawLine([0, 1], [1, 1.5])).content?.isWholeY).toBe(false)
  expect(modelOf(rawLine([0, 1], [1, 2], { smoothed: Float64Array.of(1, 1.4) })).content?.isWholeY).toBe(false)
  expect(modelOf(epochs, { x: { kind: 'metric', key: 'epoch' } }).content?.xTitle).toBe('epoch')
})
