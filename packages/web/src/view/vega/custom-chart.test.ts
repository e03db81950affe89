import type { CustomChartInfo, TableCellValue } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { chartsCodec } from '../chart/charts-state.ts'
import { nearestPoint, xyAxes } from '../chart/xy-frame.ts'
import { chartTitle, matrixAccuracy, matrixShares, toCustomChart } from './custom-chart.ts'

const info = (preset: string, fields: Record<string, string>, texts: Record<string, string> = {}): CustomChartInfo => ({
  key: 'chart',
  preset,
  fields,
  texts,
})
const table = (columns: readonly string[], ...rows: readonly (readonly TableCellValue[])[]) => ({ columns, rows })

const matrixInfo = info('wandb/confusion_matrix/v1', {
  Actual: 'Actual',
  Predicted: 'Predicted',
  nPredictions: 'nPredictions',
})

test('a confusion matrix counts what was taken for what, the right on its diagonal', () => {
  const rows = [
    ['cat', 'dog', 1],
    ['cat', 'cat', 3],
    ['dog', 'dog', 5],
    ['dog', 'cat', 0],
    ['dog', 'fox', 1],
  ]
  const matrix = toCustomChart(matrixInfo, table(['Actual', 'Predicted', 'nPredictions'], ...rows))
  expect(matrix).toEqual({
    kind: 'matrix',
    actual: ['cat', 'dog'],
    predicted: ['cat', 'dog', 'fox'],
    counts: [
      [3, 1, 0],
      [0, 5, 1],
    ],
  })
  if (matrix.kind !== 'matrix') throw new Error('no matrix')
  expect(matrixAccuracy(matrix)).toBe(0.8)
  expect(matrixShares(matrix, 'rows')[0]).toEqual([0.75, 0.25, 0])
  expect(matrixShares(matrix, 'columns').map(([first]) => first)).toEqual([1, 0])
  expect(matrixShares(matrix, 'counts')[1]).toEqual([0, 1, 0.2])
})

test('curves are split by class, sorted, and know the area under them', () => {
  const fields = { x: 'fpr', y: 'tpr', class: 'class' }
  const chart = toCustomChart(
    info('wandb/area-under-curve/v0', fields, { 'x-axis-title': 'False positive rate' }),
    table(['class', 'fpr', 'tpr'], ['a', 1, 1], ['a', 0, 0], ['a', 0, 0.5], ['b', 0, 0], ['b', 1, 1], ['b', null, 1]),
  )
  expect(chart).toEqual({
    kind: 'lines',
    xName: 'False positive rate',
    yName: 'tpr',
    series: [
      {
        name: 'a',
        points: [
          [0, 0],
          [0, 0.5],
          [1, 1],
        ],
        area: 0.75,
      },
      {
        name: 'b',
        points: [
          [0, 0],
          [1, 1],
        ],
        area: 0.5,
      },
    ],
  })
})

test('lines, series of lines, points, bars and histograms are drawn', () => {
  const xy = table(['s', 'v'], [2, 20], [1, 10])
  expect(toCustomChart(info('wandb/line/v0', { x: 's', y: 'v' }), xy)).toMatchObject({
    kind: 'lines',
    series: [
      {
        name: '',
        points: [
          [1, 10],
          [2, 20],
        ],
      },
    ],
  })
  const lines = info(
    'wandb/lineseries/v0',
    { step: 'step', lineKey: 'lineKey', lineVal: 'lineVal' },
    { xname: 'epoch' },
  )
  expect(toCustomChart(lines, table(['step', 'lineKey', 'lineVal'], [0, 'a', 1], [0, 'b', 2]))).toMatchObject({
    xName: 'epoch',
    series: [{ name: 'a' }, { name: 'b' }],
  })
  expect(toCustomChart(info('wandb/scatter/v0', { x: 's', y: 'v' }), xy)).toMatchObject({ kind: 'points' })
  const bars = table(['name', 'n'], ['x', 3], ['y', { kind: 'number', text: 'NaN' }], ['z', -1])
  expect(toCustomChart(info('wandb/bar/v0', { label: 'name', value: 'n' }), bars)).toEqual({
    kind: 'bars',
    valueName: 'n',
    bars: [
      { label: 'x', value: 3 },
      { label: 'z', value: -1 },
    ],
  })
  const histogram = toCustomChart(info('wandb/histogram/v0', { value: 'v' }), xy)
  expect(histogram).toMatchObject({ kind: 'histogram', edges: { 0: 10, 30: 20 } })
})

test('what cannot be drawn says why', () => {
  expect(toCustomChart(info('somebody/own', {}), table([]))).toMatchObject({ kind: 'undrawn', reason: 'preset' })
  expect(toCustomChart(info('constructor', {}), table([]))).toMatchObject({ kind: 'undrawn', reason: 'preset' })
  expect(toCustomChart(info('wandb/bar/v0', { label: 'a', value: 'gone' }), table(['a']))).toEqual({
    kind: 'undrawn',
    reason: 'columns',
    missing: ['gone'],
  })
})

test('axes of shares run from 0 to 1, others hold their points', () => {
  const axes = (...points: readonly (readonly [number, number])[]) => xyAxes([{ name: '', points }])
  expect(axes([0.1, 0.2], [0.9, 0.95]).x).toEqual({ low: 0, high: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] })
  // A precision that hardly falls, or not at all, has no place above 1.
  expect(axes([0, 0.9], [1, 1]).y).toMatchObject({ high: 1 })
  expect(axes([0, 0.9], [1, 1]).y.low).toBeCloseTo(0.896)
  expect([axes([0, 1], [1, 1]).y, axes([0, 0], [1, 0]).y]).toMatchObject([
    { low: 0, high: 1 },
    { low: 0, high: 1 },
  ])
  expect(axes([0, 0.001], [1, 0.01]).y.low).toBeGreaterThan(0)
  const { y } = axes([0, -5], [1, 5])
  expect(y.low).toBeLessThan(-5)
  expect(y.ticks).toContain(0)
  expect(axes([3, 3]).x.low).toBeLessThan(3)
  expect(axes().x).toMatchObject({ low: 0, high: 1 })
  expect(
    nearestPoint(
      {
        name: '',
        points: [
          [0, 1],
          [10, 2],
        ],
      },
      6,
    ),
  ).toEqual([10, 2])
})

test('titles fall back to keys, and the step is in the address', () => {
  expect([chartTitle(info('p', {}, { title: 'T' })), chartTitle(info('p', {}, { title: '' }))]).toEqual(['T', 'chart'])
  expect(chartsCodec.parse(chartsCodec.stringify({ step: 7 }))).toEqual({ step: 7 })
  expect(chartsCodec.parse({ cs: 'x' })).toEqual({ step: undefined })
})
