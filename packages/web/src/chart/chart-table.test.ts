import { expect, test } from 'vitest'
import { groupLine, rawLine } from '../../test/support/chart-fixtures.ts'
import { summarizeChart } from './chart-summary.ts'
import { sortTableRows, toCsv, toJson, toTableRows } from './chart-table.ts'

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
  expect(toCsv(toTableRows([odd], undefined), 'step', { value: 'val,loss', smoothed: 'smoothed' })).toBe(
    'run,run id,step,"val,loss",smoothed,points,min,max\r\n"\'=cmd(""x""),1",a,1,0.30000000000000004,,1,0.30000000000000004,0.30000000000000004\r\n',
  )
})

test('a chart can be read aloud', () => {
  const rising = rawLine(
    Array.from({ length: 20 }, (_, i) => i),
    Array.from({ length: 20 }, (_, i) => i / 2),
    { runId: 'b' },
  )
  const options = { title: 'val/loss', xName: 'step', description: '', formatX: String }
  expect(summarizeChart([line, rising], { ...options, goal: null })).toBe(
    'Line chart of val/loss against step, 2 runs. Lowest 0, run run b, step 0. 1 run rising at the end.',
  )
  expect(summarizeChart([line], { ...options, goal: 'maximize' })).toBe(
    'Line chart of val/loss against step, 1 run. Highest 2, run run a, step 4. Higher is better.',
  )
  expect(summarizeChart([], { ...options, goal: null })).toBe('Line chart of val/loss against step, 0 runs. No points.')
  const seconds = { ...line, unit: 's' }
  expect(summarizeChart([seconds], { ...options, goal: 'minimize', description: 'On unseen data' })).toBe(
    'Line chart of val/loss in s against step, 1 run. Lowest 100 ms, run run a, step 1. Lower is better. On unseen data.',
  )
  expect(summarizeChart([seconds, { ...rising, unit: 'h' }], { ...options, goal: null })).toMatch(
    /^Line chart of val\/loss against step, 2 runs. Lowest 0 s, run run b/,
  )
})

test('groups are called groups, and are as good as their lines; several lines of a run are called lines', () => {
  const options = { title: 'loss', xName: 'step', description: '', formatX: String, goal: null } as const
  const rising = groupLine(
    'opt = sgd',
    Array.from({ length: 20 }, (_, i) => 5 + i),
  )
  expect(summarizeChart([groupLine('opt = adam', [4, 3]), rising], options)).toBe(
    'Line chart of loss against step, 2 groups. Lowest 3, group opt = adam, step 1. 1 group rising at the end.',
  )
  expect(summarizeChart([rising, line], options)).toBe(
    'Line chart of loss against step, 1 group and 1 run. Lowest 0.1, run run a, step 1. 1 group rising at the end.',
  )
  expect(summarizeChart([line, { ...line, label: 'run a val/loss' }], options)).toBe(
    'Line chart of loss against step, 2 lines of 1 run. Lowest 0.1, line run a, step 1.',
  )
})

test('JSON has every value, those too that it has no numbers for', () => {
  const rows = toTableRows([rawLine([1, 2], [0.1, Number.NaN], { nonFinite })], undefined)
  expect(JSON.parse(toJson(rows))).toEqual([
    { run: 'run a', runId: 'a', x: 1, value: 0.1, count: 1, min: 0.1, max: 0.1 },
    { run: 'run a', runId: 'a', x: 2, value: 'NaN', count: 1, min: 'NaN', max: 'NaN' },
  ])
})
