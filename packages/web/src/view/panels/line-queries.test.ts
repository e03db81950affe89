import type { RunSummary } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { withGrouping } from './grouping.ts'
import { linePanel } from './line-panel.ts'
import { toLineSources, toSeriesQueries } from './line-queries.ts'
import { toRunGroups } from './run-groups.ts'

const run = (runId: string, number: number): RunSummary =>
  // Only these fields are looked at.
  ({ runId, number, displayName: `run ${runId}`, historyRevision: number }) as RunSummary
const runs = [run('c', 3), run('b', 2), run('a', 1)]
const request = { entity: 'e', project: 'p', x: { kind: 'step' as const }, buckets: 64 }
const loss = { kind: 'metric' as const, key: 'loss', title: 'loss' }
const ratio = { kind: 'expression' as const, expression: 'a / b' }
const grouping = { statistic: 'mean' as const, band: 'sd' as const }

test('one metric is one query for all runs', () => {
  const queries = toSeriesQueries({ values: [loss], runs, groups: undefined }, request, grouping)
  expect(queries).toEqual([
    {
      request: { ...request, key: 'loss' },
      runs: [
        { runId: 'c', historyRevision: 3 },
        { runId: 'b', historyRevision: 2 },
        { runId: 'a', historyRevision: 1 },
      ],
    },
  ])
})

test('values of one run share its colour and differ by dash and name', () => {
  const lines = toLineSources({ values: [loss, ratio], runs, groups: undefined }, 'light')
  expect(lines.map(({ label }) => label)).toEqual([
    'run c loss',
    'run b loss',
    'run a loss',
    'run c a / b',
    'run b a / b',
    'run a a / b',
  ])
  expect(lines[0]!.style.color).toBe(lines[3]!.style.color)
  expect(lines[0]!.style.dash).not.toEqual(lines[3]!.style.dash)
  expect(new Set(lines.map(({ seriesId }) => seriesId)).size).toBe(6)
})

test('groups have the values of their runs as names, and the look of their oldest run whatever else is in them', () => {
  const values = new Map([
    ['a', [0.1]],
    ['b', [0.2]],
    ['c', [0.1]],
  ])
  const groups = toRunGroups(runs, ['config.lr'], values)
  expect(groups.map(({ name, runs: members }) => [name, members.length])).toEqual([
    ['lr = 0.1', 2],
    ['lr = 0.2', 1],
  ])
  const [whole] = toLineSources({ values: [loss], runs, groups }, 'light')
  const fewer = runs.filter(({ runId }) => runId !== 'c')
  const [left] = toLineSources(
    { values: [loss], runs: fewer, groups: toRunGroups(fewer, ['config.lr'], values).toReversed() },
    'light',
  )
  expect(left?.style).toEqual(whole?.style)
  expect(toSeriesQueries({ values: [loss], runs, groups }, request, grouping)[0]).toMatchObject({
    request: { grouping },
    runs: [],
    groups: [{ name: 'lr = 0.1', runs: [{ runId: 'c' }, { runId: 'a' }] }, { name: 'lr = 0.2' }],
  })
})

test("W&B's words for groups are read, and changed with nothing else lost", () => {
  const config = { metrics: ['loss'], groupBy: 'lr.value', groupAgg: 'median', groupArea: 'stddev', unknown: [1] }
  expect(linePanel.parse(config)).toMatchObject({
    groupBy: ['config.lr'],
    grouping: { statistic: 'median', band: 'sd' },
  })
  const changed = withGrouping(config, { statistic: 'sum', band: 'confidence-95' })
  expect(changed).toEqual({ ...config, groupAgg: 'sum', groupArea: 'ci95' })
  expect(linePanel.parse(changed)).toMatchObject({ grouping: { statistic: 'sum', band: 'confidence-95' } })
  expect(withGrouping(config, { statistic: 'median', band: 'sd' })).toBe(config)
  expect(linePanel.parse({ groupBy: 'None' })).toMatchObject({ groupBy: [] })
  expect(linePanel.parse({})).toMatchObject({ groupBy: undefined, expressions: [], runCountMax: undefined })
})
