import { expect, test } from 'vitest'
import { drawnLists, strayLists, strayRunIds } from './stray-runs.ts'

const selection = { base: { kind: 'none' }, shown: ['a', 'b', 'c'], hidden: ['c'] } as const
const loaded = [{ runId: 'a' }, { runId: 'z' }]

test('chosen runs further down than anybody has looked are asked for, others of a whole list do not match', () => {
  expect(strayRunIds(selection, loaded, 300)).toEqual(['b'])
  expect(strayRunIds(selection, [...loaded, undefined], 3)).toEqual(['b'])
  expect(strayRunIds(selection, loaded, 2)).toEqual([])
  expect(strayRunIds(selection, [], 0)).toEqual([])
})

test('runs that are asked for by id have to match the filter like all others', () => {
  const list = { filter: { 'summary_metrics.acc': { $gt: 0.98 } }, sort: [] }
  expect(strayLists(list, ['a', 'b', 'c'], 2)).toEqual([
    { filter: { $and: [list.filter, { name: { $in: ['a', 'b'] } }] }, sort: [] },
    { filter: { $and: [list.filter, { name: { $in: ['c'] } }] }, sort: [] },
  ])
  expect(strayLists(list, [], 2)).toEqual([])
})

test('runs that run and groups that are drawn are asked for wherever they stand in the list', () => {
  const list = { filter: { state: 'x' }, columns: ['config.lr'] }
  const groups = [
    { values: [['config.lr', 0.1]], isShown: true },
    { values: [['config.lr', 0.2]], isShown: false },
    { values: [['config.other', 1]], isShown: true },
  ] as const
  expect(drawnLists(list, { base: { kind: 'running' }, shown: [], hidden: [], groups })).toEqual([
    { ...list, filter: { $and: [list.filter, { state: 'running' }] } },
    { ...list, filter: { $and: [list.filter, { $and: [{ 'config.lr': { $eq: 0.1 } }] }] } },
  ])
  expect(drawnLists(list, { base: { kind: 'all' }, shown: [], hidden: [] })).toEqual([])
})
