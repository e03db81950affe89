import { parseRunQuery, type RunSummary } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { colorRange, shareOf } from './color-range.ts'
import { isChosen, toParallelAxis, toParallelLines, toQuery } from './parallel-lines.ts'
import { parallelPanel, withColumnKeys } from './parallel-panel.ts'

const column = (key: string, over: object = {}) => ({ key, title: key, isInverted: false, isLog: false, ...over })
const run = (runId: string) => ({ runId }) as RunSummary

test('columns come from W&B’s accessors, and those that stay keep what they say', () => {
  const config = {
    columns: [
      { accessor: 'config:lr.value', log: true },
      { accessor: 'summary:loss', inverted: true, displayName: 'Loss' },
    ],
  }
  expect(parallelPanel.parse(config).columns).toEqual([
    { key: 'config.lr', title: 'lr', isInverted: false, isLog: true },
    { key: 'summary.loss', title: 'Loss', isInverted: true, isLog: false },
  ])
  expect(withColumnKeys(config, ['summary.loss', 'run.created'])).toEqual({
    columns: [config.columns[1], { accessor: 'run:createdAt' }],
  })
  expect(parallelPanel.parse({ columns: [7, {}, { accessor: '' }] }).columns).toEqual([])
})

test('numbers, logarithms, turned axes, categories and what is missing have their places', () => {
  const numbers = toParallelAxis(column('a'), [0, 10, null])
  expect([0, 5, 10, null, undefined, 'x'].map((value) => numbers.placeOf(value))).toEqual([
    0,
    0.5,
    1,
    undefined,
    undefined,
    undefined,
  ])
  expect(toParallelAxis(column('a', { isLog: true }), [1, 100]).placeOf(10)).toBeCloseTo(0.5)
  expect(toParallelAxis(column('a', { isLog: true }), [0, 100]).placeOf(50)).toBeCloseTo(0.5)
  expect(toParallelAxis(column('a', { isInverted: true }), [0, 10]).placeOf(10)).toBe(0)
  const names = toParallelAxis(column('a'), ['sgd', 'adam', true])
  expect(names.categories).toEqual(['adam', 'sgd', 'true'])
  expect(names.placeOf('sgd')).toBe(0.5)
  expect(toParallelAxis(column('a'), [3]).placeOf(3)).toBe(0.5)
})

test('what is no number has no place among numbers; what is beyond set ends stands at them, and they say so; whole numbers have no ticks between', () => {
  const diverged = toParallelAxis(column('a'), [1, 3, 'NaN', '-Infinity'])
  expect([diverged.categories, diverged.placeOf(3), diverged.placeOf('NaN')]).toEqual([undefined, 1, undefined])
  expect(toParallelAxis(column('a'), ['NaN', 'NaN']).categories).toEqual(['NaN'])
  const fitted = toParallelAxis(column('a', { ends: [1, 3] }), [1, 2, 3, 1e9])
  expect([2, 1e9, -5].map((value) => fitted.placeOf(value))).toEqual([0.5, 1, 0])
  expect(toParallelAxis(column('a'), [1, 2, 3]).ticks).toEqual([
    { at: 0, text: '1' },
    { at: 0.5, text: '2' },
    { at: 1, text: '3' },
  ])
  expect([fitted.ticks[0]?.text, fitted.ticks.at(-1)?.text]).toEqual(['1', '≥ 3'])
})

test('the query finds the runs that were chosen', () => {
  const values = new Map([
    ['a', [1, 'adam']],
    ['b', [5, 'sgd']],
    ['c', [9, 'adam']],
    ['d', [null, 'adam']],
  ] as const)
  const axes = [toParallelAxis(column('config.x'), [1, 5, 9]), toParallelAxis(column('config.opt'), ['adam', 'sgd'])]
  const lines = toParallelLines(['a', 'b', 'c', 'd'].map(run), axes, values)
  const brushes = new Map([
    [0, [0.4, 1]],
    [1, [0, 0.1]],
  ] as const)
  expect(lines.filter((line) => isChosen(line, brushes)).map((line) => line.run.runId)).toEqual(['c'])
  const query = toQuery(axes, lines, brushes)
  expect(query).toBe('config.x >= 5 and config.x <= 9 and config.opt in ["adam"]')
  expect(parseRunQuery(query)).toBeDefined()
})

test('one run far away does not leave all others in one colour, and the scale says that it goes on', () => {
  const toRange = (numbers: readonly number[], over: object = {}) => {
    const axis = toParallelAxis(column('loss', over), numbers)
    const values = new Map(numbers.map((value, index) => [String(index), [value]]))
    const lines = toParallelLines(
      numbers.map((_, index) => run(String(index))),
      [axis],
      values,
    )
    const range = colorRange(axis, lines)
    return { range, shareOf: (value: number) => shareOf(range, axis.placeOf(value)!) }
  }
  const near = Array.from({ length: 99 }, (_, index) => index / 98)
  const { range, shareOf: share } = toRange([...near, 1e6])
  expect([share(0), share(1e6)]).toEqual([0, 1])
  expect(share(1) - share(0)).toBeGreaterThan(0.8)
  expect(range).toMatchObject({ isClipped: true, lowText: '0' })
  expect(range.highText).toMatch(/^≥ 1/)
  // Turned round, the largest value is below.
  const turned = toRange([...near, 1e6], { isInverted: true })
  expect(turned.range.lowText).toMatch(/^≥ 1/)
  expect(turned.range.highText).toBe('0')
  // Without one, the whole axis has its colours.
  expect(toRange(near).range).toEqual({ from: 0, to: 1, lowText: '0', highText: '1', isClipped: false })
  expect(toRange([3]).range).toMatchObject({ from: 0, to: 1 })
  expect(toRange([]).range).toMatchObject({ from: 0, to: 1 })
})
