// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how metrics stand in formulas.
import type { RunSummary } from '@lossline/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lookCount, runStyle } from '../chart/palette.ts'
import { askedGrouping, drawnGrouping, readGrouping, withGrouping } from './grouping.ts'
import { linePanel } from './line-panel.ts'
import { loggedNames, toLineSources, toSeriesQueries } from './line-queries.ts'
import { groupParts, toRunGroups, toRunParts, withLooks } from './run-groups.ts'

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

test('groups have the values of their runs as names, and a look of their own whatever is in them', () => {
  const values = new Map([
    ['a', [0.1]],
    ['b', [0.2]],
    ['c', [0.1]],
  ])
  const groups = withLooks(toRunGroups(runs, ['config.lr'], values))
  expect(groups.map(({ name, runs: members }) => [name, members.length])).toEqual([
    ['lr = 0.1', 2],
    ['lr = 0.2', 1],
  ])
  const [whole] = toLineSources({ values: [loss], runs, groups }, 'light')
  const fewer = runs.filter(({ runId }) => runId !== 'c')
  const [left] = toLineSources(
    { values: [loss], runs: fewer, groups: withLooks(toRunGroups(fewer, ['config.lr'], values)).toReversed() },
    'light',
  )
  expect(left?.style).toEqual(whole?.style)
  expect(toSeriesQueries({ values: [loss], runs, groups }, request, grouping)[0]).toMatchObject({
    request: { grouping },
    runs: [],
    groups: [{ name: 'lr = 0.1', runs: [{ runId: 'c' }, { runId: 'a' }] }, { name: 'lr = 0.2' }],
  })
})

test('no two groups look alike while there are looks enough, and a look depends on no run', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: lookCount }), (names) => {
      const groups = withLooks(names.map((name) => ({ name, runs: [run('a', 1)] })))
      expect(new Set(groups.map(({ look }) => JSON.stringify(runStyle(look.number, 'dark')))).size).toBe(names.length)
      const others = withLooks(names.toReversed().map((name) => ({ name, runs: [run('z', 9)] })))
      expect(new Map(others.map(({ name, look }) => [name, look]))).toEqual(
        new Map(groups.map(({ name, look }) => [name, look])),
      )
    }),
  )
  expect(withLooks(Array.from({ length: 100 }, (_, i) => ({ name: `g ${i}`, runs: [] })))).toHaveLength(100)
})

test('a group of runs that are coloured by a value has their look', () => {
  const colored = [run('a', 5), run('b', 5)].map((one) => ({ ...one, color: '', isOfValue: true }))
  const [same, mixed, chosen] = withLooks([
    { name: 'same', runs: colored },
    { name: 'mixed', runs: [colored[0]!, { ...colored[1]!, number: 6 }] },
    { name: 'chosen', runs: [run('c', 1), run('d', 2)].map((one) => ({ ...one, color: 'hue-3' })) },
  ])
  expect(same?.look).toMatchObject({ number: 5, color: '' })
  expect(mixed?.look).toEqual(withLooks([{ name: 'mixed', runs: [] }])[0]!.look)
  expect(chosen?.look.color).toBe('hue-3')
})

test('every member of a group is a thin line in its colour, asked for as a run', () => {
  const groups = withLooks([{ name: 'all', runs }])
  const subjects = { values: [loss], runs, groups, hasMembers: true }
  const queries = toSeriesQueries(subjects, request, askedGrouping({ statistic: 'mean', band: 'members' }))
  expect(queries.map(({ groups: of, runs: alone }) => [of?.length, alone.map(({ runId }) => runId)])).toEqual([
    [1, []],
    [undefined, ['c', 'b', 'a']],
  ])
  expect(queries[0]!.request.grouping).toEqual({ statistic: 'mean', band: 'none' })
  const [line, ...members] = toLineSources(subjects, 'light')
  expect(members.map(({ seriesId, label, isMember }) => [seriesId, label, isMember])).toEqual([
    ['c', 'run c', true],
    ['b', 'run b', true],
    ['a', 'run a', true],
  ])
  expect(new Set(members.map(({ style }) => style.color))).toEqual(new Set([line!.style.color]))
  expect(members.every(({ style }) => style.dash.length === 0 && style.width < line!.style.width)).toBe(true)
  expect(toLineSources({ ...subjects, hasMembers: false }, 'light').length).toBe(1)
})

test('groups of several sets carry the name of theirs, and runs of a set without groups are drawn beside them', () => {
  const [c, b, a] = runs as [RunSummary, RunSummary, RunSummary]
  const at = { entity: 'ada', project: 'digits' }
  const sets = [
    { id: '1', name: 'Small', at, query: '', groupBy: ['config.lr'], runs: [c, a] },
    { id: '2', name: 'Large', at, query: '', groupBy: [], runs: [b] },
    { id: '3', name: 'Off', at, query: '', groupBy: ['config.depth', 'config.lr'], runs: [] },
  ]
  const parts = toRunParts(runs, { keys: undefined, groupBy: [], sets })
  const values = new Map([
    ['a', [0.1, 3]],
    ['c', [0.1, 4]],
  ])
  const { groups, singles } = groupParts(parts, ['config.lr', 'config.depth'], values)
  expect(groups.map(({ name, runs: members }) => [name, members])).toEqual([['Small · lr = 0.1', [c, a]]])
  expect(singles).toEqual([b])
  const subjects = { values: [loss], runs, groups, singles }
  expect(toLineSources(subjects, 'light').map(({ label }) => label)).toEqual(['Small · lr = 0.1', 'run b'])
  const queries = toSeriesQueries(subjects, request, grouping)
  expect(queries.map(({ groups: of, runs: alone }) => [of?.length, alone.map(({ runId }) => runId)])).toEqual([
    [1, []],
    [undefined, ['b']],
  ])
  expect([queries[0]!.request.grouping, queries[1]!.request.grouping]).toEqual([grouping, undefined])
  // A panel's own keys hold for all sets.
  const own = toRunParts([a, b], { keys: ['config.depth'], groupBy: [], sets })
  expect(own.map(({ keys, runs: of }) => [keys, of])).toEqual([
    [['config.depth'], [a]],
    [['config.depth'], [b]],
    [['config.depth'], []],
  ])
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
  const members = withGrouping(config, { statistic: 'median', band: 'members' })
  expect(members).toEqual({ ...config, groupArea: 'samples' })
  expect(linePanel.parse(members).grouping).toEqual({ statistic: 'median', band: 'members' })
  expect(withGrouping(members, { statistic: 'median', band: 'members' })).toBe(members)
  // Bars have no lines, and stacks no place for them.
  expect(readGrouping(members).band).toBe('min-max')
  expect(drawnGrouping({ statistic: 'mean', band: 'members' }, 'stacked').band).toBe('none')
  expect(linePanel.parse({ groupBy: 'None' })).toMatchObject({ groupBy: [] })
  expect(linePanel.parse({})).toMatchObject({ groupBy: undefined, runCountMax: undefined })
})

test('what is missing for a chart is named as somebody wrote it: metrics, and those of formulas', () => {
  const formula = {
    kind: 'expression' as const,
    expression: '${system.cpu} / ${loss}',
    title: '${system/cpu} / ${loss}',
  }
  expect(loggedNames([loss])).toEqual(['loss'])
  expect(loggedNames([formula, loss])).toEqual(['system/cpu', 'loss'])
  expect(loggedNames([ratio])).toEqual(['a / b'])
})
