import type { RunMark } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { rawLine } from '../../test/support/chart-fixtures.ts'
import { createRecordingPen } from '../../test/support/recording-pen.ts'
import { inheritedEnds, toPlotMarks, toPlotPins } from '../view/run/run-marks.ts'
import { drawContent } from './draw-content.ts'
import { drawMarks, drawPins } from './draw-marks.ts'
import { tipAt } from './plot-cursor.ts'
import { clusterMarks, foremostMarks, marksOfLines, type PlotMark } from './plot-marks.ts'
import { createProjection } from './projection.ts'

const looks = new Map([['a', { label: 'swift-owl', color: '#111' }]])
const place = { atMs: 0, step: 1 }
const linear = { isLogX: false, yScale: 'linear' } as const

function mark(x: number, more: Partial<PlotMark> = {}): PlotMark {
  return { runId: 'a', x, color: '#111', shape: 'alert', text: `at ${x}`, ...more }
}

test('what happened lies behind what was logged', () => {
  const pen = createRecordingPen()
  const at = createProjection({ left: 0, top: 0, width: 100, height: 50 }, [0, 10], [0, 1], linear)
  const content = { x: [0, 10], y: [0, 1], ...linear, form: 'line', pins: [], breaksGaps: false } as const
  const more = { marksClipped: false, xFormat: 'number', yUnit: '' } as const
  const lines = [rawLine([0, 5, 10], [0, 1, 0])]
  drawContent(pen, { ...content, ...more, lines, marks: [mark(5, { shape: 'finished' })] }, at, 1)
  const [flag, line] = [
    pen.drawn.findIndex(({ kind }) => kind === 'rect'),
    pen.drawn.findIndex(({ points }) => points.length === lines[0]!.series.pointCount),
  ]
  expect(flag).toBeGreaterThanOrEqual(0)
  expect(flag).toBeLessThan(line)
})

test('what happened is told in words, and left out where the axis has no place for it', () => {
  const marks: RunMark[] = [
    { kind: 'forked', fromRunId: 'old', ...place, x: 0 },
    { kind: 'resumed', ...place, x: 1 },
    {
      kind: 'artifact',
      artifactId: 1,
      type: 'model',
      collection: 'cnn',
      version: 'v3',
      aliases: ['best'],
      ...place,
      x: 2,
    },
    { kind: 'alert', level: 'warn', title: 'Loss is high', text: '12', ...place, x: 3 },
    { kind: 'ended', state: 'crashed', cause: 'lost', ...place, x: 4 },
    { kind: 'ended', state: 'finished', cause: '', ...place, x: null },
  ]
  const drawn = toPlotMarks(
    [
      { runId: 'a', marks },
      { runId: 'hidden', marks },
    ],
    looks,
  )
  expect(drawn.map(({ shape, text }) => [shape, text])).toEqual([
    ['forked', 'swift-owl was forked from old'],
    ['resumed', 'swift-owl was resumed'],
    ['artifact', 'swift-owl logged cnn:v3 (best)'],
    ['alert', 'swift-owl: Loss is high. 12'],
    ['failed', 'swift-owl: crashed (lost)'],
  ])
})

test('a run is another one’s up to where it was forked, and its own where it only went back', () => {
  const forked = (fromRunId: string): RunMark => ({ kind: 'forked', fromRunId, atMs: null, step: 7, x: 7 })
  const runs = [
    { runId: 'a', marks: [forked('a')] },
    { runId: 'b', marks: [{ kind: 'resumed', ...place, x: 9 } as const, forked('a')] },
  ]
  expect([...inheritedEnds(runs)]).toEqual([['b', 7]])
  expect(toPlotMarks(runs, looks).map(({ text }) => text)).toEqual(['swift-owl went back to step 7'])
})

test('what happened at one place stands on one tick, one flag of each kind first, and a plus for the rest', () => {
  const ends = Array.from({ length: 9 }, () => mark(2, { shape: 'finished' }))
  const marks = [...ends, mark(2, { shape: 'failed' }), mark(2.05, { shape: 'alert' })]
  expect(foremostMarks(marks, 4).map(({ shape }) => shape)).toEqual(['failed', 'alert', 'finished', 'finished'])
  expect(foremostMarks(ends, 20)).toHaveLength(9)
  const at = createProjection({ left: 0, top: 0, width: 100, height: 80 }, [0, 4], [0, 1], {
    isLogX: false,
    yScale: 'linear',
  })
  const pen = createRecordingPen()
  drawMarks(pen, [...marks, mark(3, { shape: 'artifact' })], at, 1)
  // Tick, cross, triangle, square and plus; then the tick and the diamond of what is elsewhere.
  expect(pen.drawn.map(({ kind }) => kind)).toEqual(['stroke', 'stroke', 'fill', 'rect', 'stroke', 'stroke', 'fill'])
  const middles = pen.drawn
    .slice(1, 5)
    .map(({ points }) => points.reduce((sum, [, top]) => sum + top / points.length, 0))
  expect(middles.toSorted((a, b) => b - a)).toEqual(middles)
})

test('a run without a line in a chart has no mark there', () => {
  const marks = [mark(1), mark(2, { runId: 'b' })]
  expect(marksOfLines(marks, [rawLine([0, 1], [1, 2], { runId: 'b' })])).toEqual([marks[1]])
})

test('a mark at the end of the axis lies whole inside the plot', () => {
  const at = createProjection({ left: 0, top: 0, width: 100, height: 50 }, [0, 4], [0, 1], {
    isLogX: false,
    yScale: 'linear',
  })
  const pen = createRecordingPen()
  drawMarks(pen, [mark(0, { shape: 'finished' }), mark(4, { shape: 'finished' })], at, 2)
  const lefts = pen.drawn.flatMap(({ kind, points }) =>
    points.flatMap(([left]) => (kind === 'stroke' ? [left - pen.lineWidth / 2, left + pen.lineWidth / 2] : left)),
  )
  expect(Math.min(...lefts)).toBe(0)
  expect(Math.max(...lefts)).toBe(100)
})

test('marks closer than a target is wide are one, and those out of view none', () => {
  const marks = [mark(50), mark(52), mark(99), mark(120), mark(-1)]
  const clusters = clusterMarks(marks, { x: [0, 100], isLogX: false, width: 400 })
  expect(clusters.map(({ share, marks: together }) => [share, together.length])).toEqual([
    [0.5, 2],
    [0.99, 1],
  ])
  const onLog = clusterMarks([mark(10)], { x: [1, 100], isLogX: true, width: 400 })
  expect(onLog[0]?.share).toBeCloseTo(0.5)
})

test('a tooltip tells of what is marked near the pointer, and of the best point', () => {
  const box = { left: 0, top: 0, width: 400, height: 100 }
  const at = createProjection(box, [0, 100], [0, 10], { isLogX: false, yScale: 'linear' })
  const pins = toPlotPins([['a', { step: 50, value: 0.25, x: 50 }]], looks, { title: 'loss', unit: 'nats' })
  const content = {
    lines: [rawLine([0, 50, 100], [1, 0.25, 2])],
    x: [0, 100] as const,
    y: [0, 10] as const,
    isLogX: false,
    yScale: 'linear' as const,
    xFormat: 'number' as const,
    yUnit: '',
    form: 'line' as const,
    marks: [mark(51), mark(80)],
    pins,
    breaksGaps: false,
    marksClipped: true,
  }
  const near = tipAt(content, at, { left: 202, top: 50 })
  expect(near.notes).toEqual(['at 51', 'Best loss of swift-owl: 0.25 nats'])
  expect(tipAt(content, at, { left: 321, top: 50 }).notes).toEqual(['at 80'])
  expect(tipAt(content, at, { left: 20, top: 50 }).notes).toEqual([])
})

test('flags of one run differ by their shapes, and none is drawn out of view', () => {
  const box = { left: 0, top: 0, width: 400, height: 100 }
  const at = createProjection(box, [0, 100], [0, 10], { isLogX: false, yScale: 'linear' })
  const shapes = ['resumed', 'forked', 'finished', 'failed', 'artifact', 'alert'] as const
  const paths = shapes.map((shape) => {
    const pen = createRecordingPen()
    drawMarks(pen, [mark(50, { shape })], at, 1)
    return JSON.stringify(pen.drawn)
  })
  expect(new Set(paths).size).toBe(shapes.length)
  const pen = createRecordingPen()
  drawMarks(pen, [mark(101)], at, 1)
  drawPins(pen, [{ runId: 'a', x: 50, y: 11, color: '#111', text: '' }], at, 1)
  expect(pen.drawn).toEqual([])
})
