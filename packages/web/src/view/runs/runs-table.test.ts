import type { RunKeyInfo, RunWithValues } from '@lossline/protocol'
import { describe, expect, test } from 'vitest'
import { formatCell, formatDelta } from './cell-format.ts'
import { allRows, isSelected, noRows, selectRange, toggleRow } from './row-selection.ts'
import { readRunFilter } from './run-filter.ts'
import { toggleSort } from './sort-state.ts'
import {
  allColumns,
  automaticColumnCountMax,
  automaticColumns,
  cellValue,
  chosenColumns,
  valueKeys,
} from './table-columns.ts'

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
    const many = Array.from({ length: 5000 }, (_, index) => info(`summary.m${index}`))
    expect(automaticColumns(many).length).toBe(automaticColumnCountMax)
    const chosen = chosenColumns(['summary.loss', 'run.user', 'config.gone'], keys)
    expect(chosen.map(({ key, kind }) => [key, kind])).toEqual([
      ['summary.loss', 'number'],
      ['run.user', 'text'],
      ['config.gone', 'text'],
    ])
    expect(valueKeys(chosen)).toEqual(['summary.loss', 'config.gone'])
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
  const text = (...of: Parameters<typeof formatCell>) => formatCell(...of).text
  expect(text(null, 'number', 0)).toBe('–')
  expect(text('NaN', 'number', 0)).toBe('NaN')
  expect(text(0.123456789, 'number', 0)).toBe('0.12346')
  expect(text(4800, 'duration', 0)).toBe('1h 20m')
  expect(text(0, 'time', 6000)).toBe('6 s ago')
  expect(text({ a: [1] }, 'other', 0)).toBe('{"a":[1]}')
  expect(text('x'.repeat(5000), 'text', 0).length).toBe(200)
  expect([formatDelta(3, 1), formatDelta(1, 3), formatDelta(1, 1)]).toEqual(['▲ +2', '▼ -2', '= 0'])
  expect([formatDelta('NaN', 1), formatDelta(1, undefined), formatDelta(1, null)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('a column sorts down, up, and not at all; with Shift behind the others', () => {
  const down = (key: string) => ({ key, isDescending: true })
  const up = (key: string) => ({ key, isDescending: false })
  expect(toggleSort([], 'a', false)).toEqual([down('a')])
  expect(toggleSort([down('a'), down('b')], 'a', false)).toEqual([up('a')])
  expect(toggleSort([up('a')], 'a', false)).toEqual([])
  expect(toggleSort([down('a')], 'b', true)).toEqual([down('a'), down('b')])
  expect(toggleSort([down('a'), down('b')], 'a', true)).toEqual([up('a'), down('b')])
  expect(toggleSort([up('a'), down('b')], 'a', true)).toEqual([down('b')])
})

test('rows are marked one by one, in ranges, or all that match', () => {
  const one = toggleRow(noRows, 'a')
  expect([isSelected(one, 'a'), isSelected(one, 'b'), isSelected(allRows, 'b')]).toEqual([true, false, true])
  expect(toggleRow(one, 'a').ids.size).toBe(0)
  expect([...selectRange(one, ['a', 'b', 'c']).ids]).toEqual(['a', 'b', 'c'])
  expect([...toggleRow(allRows, 'a').ids]).toEqual(['a'])
})

describe('readRunFilter', () => {
  const nowMs = Date.UTC(2026, 0, 8)

  test('finds names without a namespace in config or summary', () => {
    expect(readRunFilter('optimizer.name = adam and loss < 1', keys, nowMs)).toEqual({
      kind: 'ready',
      filter: { $and: [{ 'config.optimizer.name': { $eq: 'adam' } }, { 'summary_metrics.loss': { $lt: 1 } }] },
    })
    expect(readRunFilter('', keys, nowMs)).toEqual({ kind: 'ready', filter: undefined })
    expect(readRunFilter('loss < 1', undefined, nowMs)).toEqual({ kind: 'pending' })
    expect(readRunFilter('state = failed', undefined, nowMs).kind).toBe('ready')
  })

  test('says what is wrong, and what could be meant', () => {
    expect(readRunFilter('loss <', keys, nowMs)).toEqual({
      kind: 'error',
      message: 'Expected a number or a text after "<" (position 7).',
      position: 6,
    })
    expect(readRunFilter('lr < 1', keys, nowMs)).toMatchObject({
      kind: 'error',
      message: 'lr is in config and summary: write config.lr or summary.lr.',
    })
  })
})
