import type { GroupSeries } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { runStyle } from '../view/chart/palette.ts'
import type { ChartLine } from './chart-line.ts'
import { drawGroup } from './draw-group.ts'
import type { Pen } from './draw-lines.ts'
import { createProjection } from './projection.ts'

function draw(runCount: readonly number[], low: readonly number[]) {
  const x = runCount.map((_, i) => i)
  const series: GroupSeries = {
    kind: 'group',
    name: 'g',
    size: 3,
    pointCount: 9,
    hiddenPointCount: 0,
    extent: [0, x.length - 1],
    nonFinite: { x: new Float64Array(), value: new Float64Array() },
    grid: { from: 0, to: x.length - 1, count: x.length, scale: 'linear' },
    index: Uint32Array.from(x),
    runCount: Uint32Array.from(runCount),
    x: Float64Array.from(x),
    centre: Float64Array.from(x, () => 5),
    low: Float64Array.from(low),
    high: Float64Array.from(low, (value) => value + 4),
  }
  const line: ChartLine = { runId: 'group:g', label: 'g', style: runStyle(1, 'light'), series, grid: series.grid }
  const strokes: { dash: readonly number[]; corners: string[] }[] = []
  const shapes: string[][] = []
  let dash: readonly number[] = []
  let corners: string[] = []
  const pen = {
    setLineDash: (next: number[]) => (dash = next),
    beginPath: () => (corners = []),
    moveTo: (left: number, top: number) => corners.push(`M${left},${top}`),
    lineTo: (left: number, top: number) => corners.push(`${left},${top}`),
    closePath: () => undefined,
    stroke: () => strokes.push({ dash, corners }),
    fill: () => shapes.push(corners),
  } as unknown as Pen
  const box = { left: 0, top: 0, width: (x.length - 1) * 10, height: 100 }
  const at = createProjection(box, [0, x.length - 1], [0, 10], { isLogX: false, yScale: 'linear' })
  drawGroup(pen, line, series, at, {
    devicePixelRatio: 1,
    emphasis: 1,
    alpha: 1,
    isDense: false,
    breaksGaps: false,
    isOnly: false,
  })
  return { strokes, shapes }
}

test('the centre is dotted where not all runs count, without a hole between', () => {
  const { strokes } = draw([3, 3, 2, 2], [1, 1, 1, 1])
  expect(strokes.map(({ corners }) => corners.join(' '))).toEqual(['M0,50 0,50 10,50', 'M10,50 20,50 30,50'])
  expect(strokes[0]?.dash).toEqual([])
  expect(strokes[1]?.dash).not.toEqual([])
})

test('a band ends where there is none', () => {
  const { shapes } = draw([3, 3, 1, 3, 3], [1, 1, Number.NaN, 2, 2])
  expect(shapes.map((corners) => corners.join(' '))).toEqual(['0,50 10,50 10,90 0,90', '30,40 40,40 40,80 30,80'])
})
