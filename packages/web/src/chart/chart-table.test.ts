import { expect, test } from 'vitest'
import { rawLine } from '../../test/support/chart-fixtures.ts'
import { summarizeChart } from './chart-summary.ts'
import { sortTableRows, toCsv, toTableRows } from './chart-table.ts'

const nonFinite = { x: Float64Array.of(2), value: Float64Array.of(Number.NaN) }
const line = rawLine([1, 3, 4], [0.1, 0.30000000000000004, 2], { nonFinite })

test('the table has every value, the ones that are not finite too, and respects the zoom', () => {
  expect(toTableRows([line], undefined).map(({ x, value }) => [x, value])).toEqual([
    [1, 0.1],
    [2, Number.NaN],
    [3, 0.30000000000000004],
    [4, 2],
  ])
  expect(toTableRows([line], [2.5, 3.5]).map(({ x }) => x)).toEqual([3])
})

test('NaN is last in both directions', () => {
  const rows = toTableRows([line], undefined)
  expect(sortTableRows(rows, 'value', false).map(({ value }) => value)).toEqual([
    0.1,
    0.30000000000000004,
    2,
    Number.NaN,
  ])
  expect(sortTableRows(rows, 'value', true).map(({ value }) => value)).toEqual([
    2,
    0.30000000000000004,
    0.1,
    Number.NaN,
  ])
})

test('CSV has every digit, quotes what needs it, and starts no formula', () => {
  const odd = { ...rawLine([1], [0.30000000000000004]), label: '=cmd("x"),1' }
  expect(toCsv(toTableRows([odd], undefined), 'step', 'val,loss')).toBe(
    'run,run id,step,"val,loss",smoothed,points,min,max\r\n"\'=cmd(""x""),1",a,1,0.30000000000000004,,1,0.30000000000000004,0.30000000000000004\r\n',
  )
})

test('a chart can be read aloud', () => {
  const rising = rawLine(
    Array.from({ length: 20 }, (_, i) => i),
    Array.from({ length: 20 }, (_, i) => i / 2),
    { runId: 'b' },
  )
  const options = { title: 'val/loss', xName: 'step', formatX: String }
  expect(summarizeChart([line, rising], { ...options, goal: null })).toBe(
    'Line chart of val/loss against step, 2 runs. Lowest 0, run run b, step 0. 1 run rising at the end.',
  )
  expect(summarizeChart([line], { ...options, goal: 'maximize' })).toBe(
    'Line chart of val/loss against step, 1 run. Highest 2, run run a, step 4.',
  )
  expect(summarizeChart([], { ...options, goal: null })).toBe('Line chart of val/loss against step, 0 runs. No points.')
})
