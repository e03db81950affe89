import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rawLine, reducedLine } from '../../test/support/chart-fixtures.ts'
import { lossCurve, withSpike } from '../../test/support/generated-data.ts'
import { createRecordingPen } from '../../test/support/recording-pen.ts'
import { fullXRange, visibleYRange } from './axis-range.ts'
import { type ChartLine, elementXs } from './chart-line.ts'
import { drawContent } from './draw-content.ts'
import { dottedDash } from './draw-group.ts'
import { drawLine } from './draw-lines.ts'
import { createProjection } from './projection.ts'

const box = { left: 0, top: 0, width: 400, height: 200 }
const look = { devicePixelRatio: 1, emphasis: 1, alpha: 1, isDense: false, breaksGaps: false, isOnly: false }
const linear = { isLogX: false, yScale: 'linear' } as const

function draw(line: ChartLine, scales = linear, x = fullXRange([line], scales.isLogX)!) {
  const y = visibleYRange([line], x, scales.yScale)!
  const at = createProjection(box, x, y, scales)
  const pen = createRecordingPen()
  drawLine(pen, line, at, look)
  return { pen, at }
}

test('a spike of one point in a million is drawn at full height', () => {
  const line = reducedLine(withSpike(lossCurve(1_000_000, 1), 612_345, 9), 400)
  const { pen, at } = draw(line)
  const tops = pen.drawn.flatMap(({ points }) => points.map(([, top]) => top))
  expect(Math.min(...tops)).toBeCloseTo(at.toTop(9), 3)
})

test('what is drawn reaches the least and the largest value of any series, to a pixel', () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 200, maxLength: 600 })
  fc.assert(
    fc.property(values, (ys) => {
      fc.pre(new Set(ys).size > 1)
      const column = { steps: Float64Array.from(ys, (_, i) => i), values: Float64Array.from(ys) }
      const { pen, at } = draw(reducedLine(column, 64))
      const tops = pen.drawn.flatMap(({ points }) => points.map(([, top]) => top))
      expect(Math.abs(Math.min(...tops) - at.toTop(Math.max(...ys)))).toBeLessThanOrEqual(1)
      expect(Math.abs(Math.max(...tops) - at.toTop(Math.min(...ys)))).toBeLessThanOrEqual(1)
    }),
    { numRuns: 30, endOnFailure: true },
  )
})

test('a line that only shakes is pale, with its centre and its spike over it at full strength', () => {
  const noise = Float64Array.from({ length: 100_000 }, (_, i) => ((i * 7919) % 1000) / 1000)
  noise[61_234] = 5
  const line = reducedLine({ steps: noise.map((_, i) => i), values: noise }, 400)
  const { pen, at } = draw(line)
  const [band, spikes, center] = pen.drawn
  expect(pen.drawn.map(({ alpha }) => alpha)).toEqual([0.25, 1, 1])
  expect(Math.min(...band!.points.map(([, top]) => top))).toBeCloseTo(at.toTop(5), 3)
  expect(spikes!.points).toHaveLength(2)
  expect(spikes!.points[1]![0]).toBeCloseTo(at.toLeft(61_234), -1)
  expect(spikes!.points[1]![1]).toBeCloseTo(at.toTop(5), 3)
  for (const [, top] of center!.points) {
    expect(top).toBeGreaterThan(at.toTop(1))
    expect(top).toBeLessThan(at.toTop(0))
  }
})

test('a line that only shakes covers nothing where it is the only one: it is drawn plainly, and counted nowhere as noise', () => {
  const values = Float64Array.from({ length: 100_000 }, (_, i) => ((i * 7919) % 1000) / 1000)
  const line = reducedLine({ steps: values.map((_, i) => i), values }, 400)
  const x = fullXRange([line], false)!
  const y = visibleYRange([line], x, 'linear')!
  const at = createProjection(box, x, y, linear)
  const pen = createRecordingPen()
  drawLine(pen, line, at, { ...look, isOnly: true })
  expect(pen.drawn.map(({ alpha }) => alpha)).toEqual([1])
  const rest = {
    form: 'line',
    marks: [],
    pins: [],
    breaksGaps: false,
    marksClipped: false,
    xFormat: 'number',
    yUnit: '',
  } as const
  const smooth = rawLine([0, 50_000, 99_999], [0, 1, 0.5])
  const count = (...lines: ChartLine[]) => drawContent(createRecordingPen(), { ...rest, ...linear, lines, x, y }, at, 1)
  expect([count(line), count(line, smooth), count(line, line)]).toEqual([0, 1, 2])
})

test('a smooth line with a spike is drawn as it is, at full strength', () => {
  const steps = Float64Array.from({ length: 100_000 }, (_, i) => i)
  const smooth = { steps, values: steps.map((step) => 2 * Math.exp(-step / 2000)) }
  const { pen } = draw(reducedLine(withSpike(smooth, 61_234, 9), 400))
  expect(pen.drawn.map(({ kind, alpha }) => [kind, alpha])).toEqual([['stroke', 1]])
})

test('every raw point is a corner of the line', () => {
  const { pen, at } = draw(rawLine([0, 1, 2, 5], [3, 1, 4, 1]))
  expect(pen.drawn[0]?.points).toEqual([
    [at.toLeft(0), at.toTop(3)],
    [at.toLeft(1), at.toTop(1)],
    [at.toLeft(2), at.toTop(4)],
    [at.toLeft(5), at.toTop(1)],
  ])
})

test('stretched buckets become a band with a line through it', () => {
  const line = reducedLine(lossCurve(10_000, 2), 400)
  const { pen } = draw(line, linear, [1000, 1200])
  const bands = pen.drawn.filter(({ kind }) => kind === 'rect')
  expect(bands.length).toBeGreaterThan(5)
  expect(bands.every(({ alpha }) => alpha === 0.25)).toBe(true)
  expect(pen.drawn.some(({ kind, alpha }) => kind === 'stroke' && alpha === 1)).toBe(true)
})

test('a smoothed line is in front of its original at a quarter of the strength', () => {
  const line = reducedLine(lossCurve(10_000, 2), 400, { smoothing: { kind: 'ema', weight: 0.9 } })
  const strokes = draw(line).pen.drawn.filter(({ kind }) => kind === 'stroke')
  expect(strokes.map(({ alpha }) => alpha)).toEqual([0.25, 1])
})

test('the smoothed line is the one the server sent, point for point, zoomed or not', () => {
  const line = reducedLine(lossCurve(5000, 4), 400, { smoothing: { kind: 'ema', weight: 0.99 } })
  const { series } = line
  for (const x of [
    [0, 5000],
    [2000, 2400],
  ] as const) {
    const { pen, at } = draw(line, linear, x)
    const drawn = pen.drawn.findLast(({ kind }) => kind === 'stroke')!.points
    const sent = [...series.smoothed].map((y, i) => [at.toLeft(series.lastX[i]!), at.toTop(y)])
    expect(drawn.every(([left, top]) => sent.some(([l, t]) => l === left && t === top))).toBe(true)
  }
})

test('what is not finite is marked at the edge and does not break the line', () => {
  const nonFinite = {
    x: Float64Array.of(1, 2, 3),
    value: Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  }
  const { pen, at } = draw(rawLine([0, 4], [1, 2], { nonFinite }))
  expect(pen.drawn[0]?.points).toHaveLength(2)
  const markers = pen.drawn.slice(2)
  expect(markers.map(({ kind }) => kind)).toEqual(['stroke', 'fill', 'fill'])
  const lefts = markers.map(({ points }) => points.reduce((sum, [left]) => sum + left, 0) / points.length)
  for (const [i, left] of lefts.entries()) expect(left).toBeCloseTo(at.toLeft(i + 1), 5)
  expect(markers[1]!.points[0]![1]).toBeLessThan(20)
  expect(markers[2]!.points[0]![1]).toBeGreaterThan(180)
})

test('NaN and values a log axis cannot show are never given to the canvas', () => {
  const value = fc.oneof(fc.double(), fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY))
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), fc.boolean(), (ys, isLogY) => {
      const line = rawLine(
        ys.map((_, i) => i + 1),
        ys,
      )
      const at = createProjection(box, [1, 31], isLogY ? [0.1, 10] : [-10, 10], {
        isLogX: false,
        yScale: isLogY ? 'log' : 'linear',
      })
      const pen = createRecordingPen()
      drawLine(pen, line, at, look)
      const numbers = pen.drawn.flatMap(({ points }) => points.flat())
      expect(numbers.filter(Number.isNaN)).toEqual([])
    }),
  )
})

test('a single point is a dot', () => {
  const line = rawLine([5], [1])
  const { pen } = draw(line)
  expect(pen.drawn.filter(({ kind }) => kind === 'fill')).toHaveLength(1)
})

test.each([
  ['raw points', rawLine([0, 1, 2, 3, 4, 5], [0, 1, 0, 1, 0, 1])],
  [
    'smoothed',
    rawLine([0, 1, 2, 3, 4, 5], [0, 1, 0, 1, 0, 1], { smoothed: Float64Array.of(0, 0.5, 0.4, 0.6, 0.5, 0.6) }),
  ],
  ['buckets', reducedLine(lossCurve(2000, 1), 64)],
])('what a run was forked with is dotted, and its own begins where that ends: %s', (_, line) => {
  const { series } = line
  const xs = elementXs(series)
  const inheritedTo = xs[2]!
  const { pen, at } = draw({ ...line, inheritedTo })
  const strokes = pen.drawn.filter(({ kind, alpha, points }) => kind === 'stroke' && alpha === 1 && points.length > 1)
  expect(strokes.map(({ dash }) => dash)).toEqual([dottedDash, line.style.dash])
  const edge = at.toLeft(inheritedTo)
  expect(strokes[0]!.points.at(-1)![0]).toBeCloseTo(edge)
  expect(Math.min(...strokes[1]!.points.map(([left]) => left))).toBeGreaterThanOrEqual(edge - 400 / 64)
  expect(strokes[1]!.points.at(-1)![0]).toBeCloseTo(400)
})

test('a fork that has logged nothing yet is dotted to its end', () => {
  const { pen } = draw({ ...rawLine([0, 1, 2], [0, 1, 0]), inheritedTo: 2 })
  expect(pen.drawn.filter(({ kind }) => kind === 'stroke').map(({ dash }) => dash)).toEqual([dottedDash])
})

test('among hundreds of pale lines those that somebody marked keep their strength and dash', () => {
  const style = { ...rawLine([0, 1], [0, 1]).style, dash: [5, 5] }
  const lines = Array.from({ length: 201 }, (_, i) => ({ ...rawLine([0, 1], [0, 1]), style, isPinned: i === 7 }))
  const pen = createRecordingPen()
  const rest = {
    form: 'line',
    marks: [],
    pins: [],
    breaksGaps: false,
    marksClipped: false,
    xFormat: 'number',
    yUnit: '',
  } as const
  const at = createProjection(box, [0, 1], [0, 1], linear)
  drawContent(pen, { lines, x: [0, 1], y: [0, 1], ...linear, ...rest }, at, 1)
  const strong = pen.drawn.filter(({ kind, alpha }) => kind === 'stroke' && alpha === 1)
  expect(strong.map(({ dash }) => dash)).toEqual([[5, 5]])
})

test('a line in logging order goes back where x does, whole also where only a part is in view', () => {
  const line = rawLine([0, 1, 2, 3], [0, 10, 20, 30], { order: Uint32Array.of(0, 3, 1, 2), isReordered: true })
  for (const x of [
    [0, 3],
    [0, 1],
  ] as const) {
    const { pen, at } = draw(line, linear, x)
    const lefts = pen.drawn[0]!.points.map(([left]) => left)
    expect(lefts).toEqual([0, 3, 1, 2].map((value) => at.toLeft(value)))
  }
})

test('a smoothed line may stand alone, and a noisy one be drawn in full', () => {
  const smoothed = rawLine([0, 1, 2], [0, 9, 0], { smoothed: Float64Array.of(1, 2, 3) })
  const { pen } = draw({ ...smoothed, isOnlySmoothed: true })
  expect(pen.drawn.map(({ alpha }) => alpha)).toEqual([1])
  const noise = Float64Array.from({ length: 100_000 }, (_, i) => ((i * 7919) % 1000) / 1000)
  const line = reducedLine({ steps: noise.map((_, i) => i), values: noise }, 400)
  const x = fullXRange([line], false)!
  const at = createProjection(box, x, visibleYRange([line], x, 'linear')!, linear)
  for (const [drawsEveryStroke, alphas] of [
    [false, [0.25, 1]],
    [true, [1]],
  ] as const) {
    const full = createRecordingPen()
    expect(drawLine(full, line, at, { ...look, drawsEveryStroke })).toBe(true)
    expect(full.drawn.map(({ alpha }) => alpha)).toEqual(alphas)
  }
})
