import type { RunWithValues } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { splitByPins, togglePin } from './pinned-runs.ts'
import { toGroupedRows, withPinnedRows } from './table-rows.ts'

test('a list without pins is asked as it is; with pins in two parts that have every run once', () => {
  const list = { filter: { group: 'g' }, sort: [] }
  expect(splitByPins(list, [])).toEqual([list, list])
  expect(splitByPins(list, ['a'])).toEqual([
    { filter: { $and: [{ group: 'g' }, { name: { $in: ['a'] } }] }, sort: [] },
    { filter: { $and: [{ group: 'g' }, { name: { $nin: ['a'] } }] }, sort: [] },
  ])
  expect(splitByPins({}, ['a'])[1]).toEqual({ filter: { name: { $nin: ['a'] } } })
  expect(togglePin(togglePin(['a'], 'b'), 'a')).toEqual(['b'])
})

test('pinned runs stand above the groups', () => {
  const group = { values: ['adam'], runCount: 2 } as never
  const flat = toGroupedRows(['config.optimizer'], [group], new Map())
  const seen: (readonly number[])[] = []
  const groups = {
    count: 1,
    at: (index: number) => flat[index]!,
    ensure: (...of: readonly number[]) => void seen.push(of),
  }
  const rows = withPinnedRows(groups, [{ runId: 'a' } as RunWithValues])
  expect([rows.count, rows.at(0).kind, rows.at(1).kind]).toEqual([2, 'run', 'group'])
  rows.ensure(0, 1)
  expect(seen).toEqual([[0, 0]])
})
