import { expect, test } from 'vitest'
import {
  applyColumnSettings,
  type Direction,
  moveKey,
  toColumnWidth,
  usualRunsTable,
  withColumnSettings,
} from './column-settings.ts'
import { chosenColumns } from './table-columns.ts'

const columns = chosenColumns(['run.state', 'config.lr', 'summary.loss', 'summary.acc'], [])
const better = new Map<string, Direction>([
  ['summary.loss', 'lower'],
  ['summary.acc', 'higher'],
])

test('columns are shown as their settings say, pinned ones first', () => {
  let settings = withColumnSettings(usualRunsTable, 'summary.loss', { isPinned: true, format: { kind: 'si' } })
  settings = withColumnSettings(settings, 'summary.acc', { width: 300, better: 'none' })
  const shown = applyColumnSettings(columns, settings, better)
  expect(shown.map(({ key, isPinned }) => [key, isPinned])).toEqual([
    ['summary.loss', true],
    ['run.state', false],
    ['config.lr', false],
    ['summary.acc', false],
  ])
  expect(shown[0]).toMatchObject({ format: { kind: 'si' }, better: 'lower', width: columns[2]!.width })
  expect(shown[3]).toMatchObject({ width: 300 })
  expect(shown[3]!.better).toBeUndefined()
})

test('what is taken back leaves nothing behind', () => {
  const settings = withColumnSettings(usualRunsTable, 'a', { width: 100, isPinned: true })
  const less = withColumnSettings(settings, 'a', { width: undefined })
  expect([...less.columns]).toEqual([['a', { isPinned: true }]])
  expect(withColumnSettings(less, 'a', { isPinned: undefined }).columns.size).toBe(0)
  expect(settings.columns.get('a')).toEqual({ width: 100, isPinned: true })
})

test('a key goes to where another one is', () => {
  expect(moveKey(['a', 'b', 'c', 'd'], 'a', 'c')).toEqual(['b', 'c', 'a', 'd'])
  expect(moveKey(['a', 'b', 'c', 'd'], 'd', 'b')).toEqual(['a', 'd', 'b', 'c'])
  expect(moveKey(['a', 'b'], 'a', 'a')).toEqual(['a', 'b'])
  expect(moveKey(['a', 'b'], 'a', 'x')).toEqual(['a', 'b'])
})

test('widths stay within what can be seen', () => {
  expect([toColumnWidth(3), toColumnWidth(120.4), toColumnWidth(9999)]).toEqual([56, 120, 800])
})
