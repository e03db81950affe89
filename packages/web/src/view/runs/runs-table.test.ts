import type { MetricInfo, RunGroup, RunKeyInfo, RunWithValues, StrictJson } from '@lossline/protocol'
import { describe, expect, test } from 'vitest'
import { archivedTag, areAllArchived } from './archive.ts'
import { formatCell, formatDelta, toDelta } from './cell-format.ts'
import { metricDirections } from './metric-directions.ts'
import {
  allRows,
  isSelected,
  noRows,
  selectedFilter,
  selectedRowCount,
  selectRange,
  toggleRow,
} from './row-selection.ts'
import { readRunFilter } from './run-filter.ts'
import { toggleSort } from './sort-state.ts'
import {
  allColumns,
  automaticColumnCountMax,
  automaticColumns,
  type ColumnKind,
  cellValue,
  chosenColumns,
  isGroupable,
  valueKeys,
} from './table-columns.ts'
import { sortGroups } from './table-rows.ts'

const info = (key: string, rest: Partial<RunKeyInfo> = {}): RunKeyInfo => ({
  key,
  runCount: 4,
  isVarying: true,
  kind: 'number',
  min: 0,
  max: 1,
  commonValues: [],
  ...rest,
})
const keys = [
  info('config.lr'),
  info('config.optimizer.name', { kind: 'text', commonValues: ['adam', 'a b'] }),
  info('config.seed', { isVarying: false }),
  info('summary.loss'),
  info('summary.lr'),
  info('summary._runtime'),
]

describe('columns', () => {
  test('are what runs differ by, until somebody chooses', () => {
    const automatic = automaticColumns(keys).map(({ key }) => key)
    expect(automatic.slice(-4)).toEqual(['config.lr', 'config.optimizer.name', 'summary.loss', 'summary.lr'])
    expect(automatic).not.toContain('config.seed')
    expect(allColumns(keys).map(({ key }) => key)).toContain('config.seed')
    const ofOneRun = keys.map((key) => ({ ...key, isVarying: false }))
    expect(automaticColumns(ofOneRun)).toEqual(automaticColumns(keys, { hasConstants: true }))
    const many = Array.from({ length: 5000 }, (_, index) => info(`summary.m${index}`))
    expect(automaticColumns(many).length).toBe(automaticColumnCountMax)
    const chosen = chosenColumns(['summary.loss', 'run.user', 'config.gone'], keys)
    expect(chosen.map(({ key, kind }) => [key, kind])).toEqual([
      ['summary.loss', 'number'],
      ['run.user', 'text'],
      ['config.gone', 'text'],
    ])
    expect(valueKeys(chosen)).toEqual(['summary.loss', 'config.gone'])
    const [figure] = chosenColumns(['metric.max:val\\.acc'], keys)
    expect(figure).toMatchObject({ title: 'maximum of val.acc', kind: 'number', isSortable: true })
    expect([valueKeys([figure!]), isGroupable(figure!)]).toEqual([['metric.max:val\\.acc'], false])
  })

  test('begin with the metrics that most runs have, and say nothing of the insides of files', () => {
    const found = [
      info('summary.boards._type', { kind: 'text' }),
      info('summary.boards.format', { kind: 'text' }),
      info('summary.boards.size.width'),
      info('summary.boardsize', { runCount: 1 }),
      info('summary.note.path', { kind: 'text', runCount: 2 }),
      info('summary.val/accuracy', { runCount: 60 }),
      info('summary.val/a10', { runCount: 60 }),
      info('summary.val/a9', { runCount: 60 }),
      info('config.zeta', { runCount: 1 }),
    ]
    const automatic = automaticColumns(found).flatMap(({ key, namespace }) => (namespace ? [key] : []))
    const metrics = ['summary.val/a9', 'summary.val/a10', 'summary.val/accuracy']
    expect(automatic).toEqual(['config.zeta', ...metrics, 'summary.note.path', 'summary.boardsize'])
    const ofMedia = allColumns(found).flatMap(({ key, isOfMedia }) => (isOfMedia ? [key] : []))
    expect(ofMedia).toEqual(['summary.boards._type', 'summary.boards.format', 'summary.boards.size.width'])
  })

  test('begin with metrics that have a goal, and show constants to whoever wants them', () => {
    const better = metricDirections([
      { key: 'loss', goal: 'minimize' },
      { key: 'val\\.acc', goal: 'maximize' },
      { key: 'lr', goal: null },
    ] as unknown as MetricInfo[])
    expect([better.get('summary.loss.min'), better.get('metric.min:loss')]).toEqual(['lower', 'lower'])
    expect([better.get('summary.val.acc'), better.has('summary.lr')]).toEqual(['higher', false])
    const automatic = automaticColumns(keys, { better, hasConstants: true }).map(({ key }) => key)
    expect(automatic.slice(4)).toEqual([
      ...['summary.loss', 'config.lr', 'config.optimizer.name', 'config.seed', 'summary.lr'],
    ])
  })

  test('find their values in a run', () => {
    const [loss, user] = chosenColumns(['summary.loss', 'run.user'], keys)
    const run = { username: 'ana', values: [null, 3] } as unknown as RunWithValues
    expect(cellValue(run, loss!, ['config.lr', 'summary.loss'])).toBe(3)
    expect(cellValue(run, loss!, [])).toBeNull()
    expect(cellValue(run, user!, [])).toBe('ana')
  })
})

test('cells write what they hold, and what differs from the baseline with its sign', () => {
  const text = (value: StrictJson, kind: ColumnKind, nowMs: number) => formatCell(value, { kind }, nowMs).text
  expect(text(null, 'number', 0)).toBe('–')
  expect(text('NaN', 'number', 0)).toBe('NaN')
  expect(text(0.123456789, 'number', 0)).toBe('0.12346')
  expect(text(4800, 'duration', 0)).toBe('1h 20m')
  expect(text(0, 'time', 6000)).toBe('6 s ago')
  expect(text({ a: [1] }, 'other', 0)).toBe('{"a":[1]}')
  expect(text('x'.repeat(5000), 'text', 0).length).toBe(200)
  expect([formatDelta(3, 1), formatDelta(1, 3), formatDelta(1, 1)]).toEqual(['▲ +2', '▼ −2', '= 0'])
  expect([formatDelta('NaN', 1), formatDelta(1, undefined), formatDelta(1, null)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('differences are written as their column is, and said to be good where it is known', () => {
  const column = { format: { kind: 'percent', digits: 1 }, better: 'lower' } as const
  expect(toDelta(0.3, 0.1, column)).toEqual({ text: '▲ +20.0 %', isBetter: false })
  expect(toDelta(0.1, 0.3, column)).toEqual({ text: '▼ −20.0 %', isBetter: true })
  expect(toDelta(0.1, 0.3, { better: 'higher' })?.isBetter).toBe(false)
  expect(toDelta(0.1, 0.3, {})).toEqual({ text: '▼ −0.2', isBetter: undefined })
  expect(toDelta(1, 1, column)).toEqual({ text: '= 0', isBetter: undefined })
})

test('groups follow the order of the table by their means, and those without come last', () => {
  const group = (optimizer: string | null, mean: number | null) =>
    ({ values: [optimizer], runCount: 2, columns: [{ mean }] }) as unknown as RunGroup
  const groups = [group('adam', 2), group('sgd', 3), group('b10', null), group('b9', 3), group(null, 1)]
  const names = (key: string, isDescending: boolean) => {
    const order = { by: ['config.optimizer'], columns: ['summary.loss'], sort: [{ key, isDescending }] }
    return sortGroups(groups, order).map(({ values }) => values[0])
  }
  expect(names('summary.loss', true)).toEqual(['sgd', 'b9', 'adam', null, 'b10'])
  expect(names('summary.loss', false)).toEqual([null, 'adam', 'sgd', 'b9', 'b10'])
  expect(names('config.optimizer', true)).toEqual(['sgd', 'b10', 'b9', 'adam', null])
  expect(names('run.created', true)).toEqual(['adam', 'sgd', 'b10', 'b9', null])
})

test('a column sorts down, up, and not at all; with Shift behind the others', () => {
  const down = (key: string) => ({ key, isDescending: true })
  const up = (key: string) => ({ key, isDescending: false })
  expect(toggleSort([], 'a', { isAdded: false, isText: false })).toEqual([down('a')])
  expect(toggleSort([down('a'), down('b')], 'a', { isAdded: false, isText: false })).toEqual([up('a')])
  expect(toggleSort([up('a')], 'a', { isAdded: false, isText: false })).toEqual([])
  expect(toggleSort([down('a')], 'b', { isAdded: true, isText: false })).toEqual([down('a'), down('b')])
  expect(toggleSort([down('a'), down('b')], 'a', { isAdded: true, isText: false })).toEqual([up('a'), down('b')])
  expect(toggleSort([up('a'), down('b')], 'a', { isAdded: true, isText: false })).toEqual([down('b')])
  expect(toggleSort([down('b')], 'a', { isAdded: true, isText: true })).toEqual([down('b'), up('a')])
})

test('rows are marked one by one, in ranges, or all that match', () => {
  const one = toggleRow(noRows, 'a')
  expect([isSelected(one, 'a'), isSelected(one, 'b'), isSelected(allRows, 'b')]).toEqual([true, false, true])
  expect(toggleRow(one, 'a').ids.size).toBe(0)
  expect([...selectRange(one, ['a', 'b', 'c']).ids]).toEqual(['a', 'b', 'c'])
  // All but one.
  const most = toggleRow(allRows, 'a')
  expect([isSelected(most, 'a'), isSelected(most, 'b'), selectedRowCount(most, 40)]).toEqual([false, true, 39])
  expect(selectedFilter(most, { state: 'finished' })).toEqual({
    $and: [{ state: 'finished' }, { name: { $nin: ['a'] } }],
  })
  expect([selectedFilter(allRows, undefined), selectedRowCount(one, 40)]).toEqual([undefined, 1])
  expect(selectRange(most, ['a', 'b']).ids.size).toBe(0)
})

test('runs are put aside by a tag', () => {
  const runs = [{ runId: 'a', tags: [archivedTag] }, undefined, { runId: 'b', tags: [] }] as unknown as RunWithValues[]
  const [a, b] = ['a', 'b'].map((id) => toggleRow(noRows, id))
  expect([areAllArchived(runs, a!, 1), areAllArchived(runs, b!, 1), areAllArchived(runs, allRows, 3)]).toEqual([
    ...[true, false, false],
  ])
})

describe('readRunFilter', () => {
  const nowMs = Date.UTC(2026, 0, 8)

  test('finds names without a namespace in config or summary', () => {
    expect(readRunFilter('optimizer.name = adam and loss < 1', { keys, runCount: 3 }, nowMs)).toEqual({
      kind: 'ready',
      filter: { $and: [{ 'config.optimizer.name': { $eq: 'adam' } }, { 'summary_metrics.loss': { $lt: 1 } }] },
    })
    expect(readRunFilter('', { keys, runCount: 3 }, nowMs)).toEqual({ kind: 'ready', filter: undefined })
    expect(readRunFilter('loss < 1', undefined, nowMs)).toEqual({ kind: 'pending' })
    expect(readRunFilter('state = failed', undefined, nowMs).kind).toBe('ready')
  })

  test('says what is wrong, and what could be meant', () => {
    expect(readRunFilter('loss <', { keys, runCount: 3 }, nowMs)).toEqual({
      kind: 'error',
      message: 'Expected a number or a text after "<" (position 7).',
      position: 6,
    })
    expect(readRunFilter('lr < 1', { keys, runCount: 3 }, nowMs)).toMatchObject({
      kind: 'error',
      message: 'lr is in config and summary: write config.lr or summary.lr.',
    })
    // Nothing is wrong with a key that no run has yet: it is asked for.
    expect(readRunFilter('config.lrr < 1', { keys, runCount: 3 }, nowMs)).toEqual({
      kind: 'ready',
      filter: { 'config.lrr': { $lt: 1 } },
      unknown: { text: 'No run has “config.lrr”.', meant: { key: 'config.lr', query: 'config.lr < 1' } },
    })
    expect(readRunFilter('state = a and lr < 1', { keys, runCount: 3 }, nowMs)).toMatchObject({ position: 14 })
  })
})
