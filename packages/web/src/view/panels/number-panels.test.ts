import type { RunSummary } from '@lossline/protocol'
import { csvField } from '@lossline/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barPanel } from './bar-panel.ts'
import { barAxis, toBars } from './bars.ts'
import { fillText, keysInText } from './markdown-panel.ts'
import { boxOf, densityOf, quantile, spreadOf } from './number-spread.ts'
import { panelTableToCsv, sortPanelRows } from './panel-table.ts'
import { withLooks } from './run-groups.ts'
import { toValueSource } from './value-source.ts'

const run = (runId: string, number: number) => ({ runId, displayName: `run ${runId}`, number, color: '' }) as RunSummary
const runs = [run('a', 1), run('b', 2), run('c', 3)]

test('names of W&B’s panels lead to metrics, summaries and configs', () => {
  const metrics = new Map([['loss', { key: 'loss', stream: 'history' as const }]]) as never
  expect(toValueSource('loss', metrics)).toEqual({ kind: 'metric', key: 'loss', stream: 'history' })
  expect(toValueSource('other', metrics)).toEqual({ kind: 'value', key: 'summary.other' })
  expect(toValueSource('summary_metrics.loss', metrics)).toEqual({ kind: 'value', key: 'summary.loss' })
  expect(toValueSource('config.net.value.depth', metrics)).toEqual({ kind: 'value', key: 'config.net.depth' })
  expect(toValueSource('config.value', metrics)).toEqual({ kind: 'value', key: 'config.value' })
})

test('spreads: sd with n − 1, its error, and no band around one number', () => {
  const numbers = [2, 4, 4, 6]
  expect(spreadOf(numbers, 'mean', 'sd')).toMatchObject({ value: 4, low: 4 - Math.sqrt(8 / 3), count: 4 })
  expect(spreadOf(numbers, 'mean', 'standard-error').high).toBeCloseTo(4 + Math.sqrt(8 / 3) / 2)
  expect(spreadOf(numbers, 'median', 'min-max')).toEqual({ value: 4, low: 2, high: 6, count: 4 })
  expect(spreadOf(numbers, 'sum', 'none').value).toBe(16)
  expect(spreadOf([5], 'mean', 'sd')).toEqual({ value: 5, low: undefined, high: undefined, count: 1 })
})

test('quantiles and boxes hold all numbers between them', () => {
  expect([0, 0.25, 0.5, 1].map((share) => quantile([1, 2, 3, 4], share))).toEqual([1, 1.75, 2.5, 4])
  expect(boxOf([1, 2, 3, 4, 100])).toMatchObject({ low: 1, median: 3, high: 4, outliers: [100] })
  const numbers = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(numbers, (all) => {
      const { low, firstQuartile, median, thirdQuartile, high, outliers } = boxOf(all)
      const ordered = [low, firstQuartile, median, thirdQuartile, high]
      // Quartiles between two numbers may lie beyond the last one that is no outlier.
      expect(firstQuartile).toBeLessThanOrEqual(median)
      expect(median).toBeLessThanOrEqual(thirdQuartile)
      expect(ordered.every(Number.isFinite)).toBe(true)
      expect(all.filter((one) => one >= low && one <= high).length + outliers.length).toBe(all.length)
      const density = densityOf(all, { low: Math.min(...all) - 1, high: Math.max(...all) + 1 }, 9)
      expect(density.every(([, share]) => share >= 0 && share <= 1)).toBe(true)
    }),
  )
})

test('bars keep the order of the list; runs without a number have none', () => {
  const numbers = new Map([
    ['a', 1],
    ['c', -2],
    ['b', Number.NaN],
  ])
  const grouping = { statistic: 'mean', band: 'min-max' } as const
  const bars = toBars(runs, undefined, numbers, grouping)
  expect(bars.map(({ label, spread }) => [label, spread.value])).toEqual([
    ['run a', 1],
    ['run c', -2],
  ])
  expect(barAxis(bars, { hasZero: true, min: undefined, max: undefined })).toEqual({ low: -2, high: 1 })
  const [group] = toBars(runs, withLooks([{ name: 'lr = 1', runs }]), numbers, grouping)
  expect(group).toMatchObject({
    label: 'lr = 1',
    run: withLooks([{ name: 'lr = 1', runs }])[0]!.look,
    runId: undefined,
    spread: { value: -0.5, low: -2, high: 1 },
  })
})

test('what W&B says of bars is read, and ours beside it', () => {
  expect(
    barPanel.parse({ metrics: ['acc'], limit: 7, groupAgg: 'max', lossline: { shape: 'violin', reduction: 'min' } }),
  ).toMatchObject({
    metrics: ['acc'],
    barCountMax: 7,
    shape: 'violin',
    reduction: 'min',
    grouping: { statistic: 'max', band: 'min-max' },
  })
  expect(barPanel.parse({ lossline: { shape: 'pie', reduction: 7 } } as never)).toMatchObject({
    shape: 'bar',
    reduction: 'last',
  })
})

test('values stand in a text as they are, and no mark in them means anything', () => {
  const text = '${run.name}: ${summary.loss} and ${ config.note }, ${unknown}'
  expect(keysInText(text)).toEqual(['summary.loss', 'config.note'])
  const values = new Map<string, string | number>([
    ['summary.loss', 0.123456789],
    ['config.note', '[x](javascript:alert(1)) <b>'],
  ])
  expect(fillText(text, { displayName: 'a*b', runId: 'a', state: 'finished' }, values)).toBe(
    'a\\*b: 0.12346 and \\[x\\]\\(javascript:alert\\(1\\)\\) \\<b\\>, ${unknown}',
  )
  expect(fillText('${summary.gone}', undefined, new Map())).toBe('–')
})

test('tables of panels are sorted and saved so that no spreadsheet runs a name', () => {
  const table = {
    columns: ['Run', 'x'],
    rows: [
      ['=1+1', 2],
      ['b,"c"', -1],
    ] as const,
  }
  expect(panelTableToCsv(table)).toBe('Run,x\r\n\'=1+1,2\r\n"b,""c""",-1\r\n')
  expect(csvField(-5)).toBe('-5')
  expect(sortPanelRows(table.rows, 1, false).map(([, x]) => x)).toEqual([-1, 2])
})
