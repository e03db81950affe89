import { expect, test } from 'vitest'
import { runsOfSets, withAnyMetric } from './counted-runs.ts'

const near = { entity: 'e', project: 'near' }
const far = { entity: 'e', project: 'far' }
const filter = (value: number) => ({ 'config.lr': value })

test('runs of sets are counted once for each project, and not at all where nothing is left out', () => {
  expect(runsOfSets(near, [{ at: near, filter: undefined }])).toBeUndefined()
  expect(
    runsOfSets(near, [
      { at: near, filter: filter(1) },
      { at: near, filter: undefined },
    ]),
  ).toBeUndefined()
  expect(runsOfSets(near, [{ at: far, filter: undefined }])).toEqual([{ at: far, filter: undefined }])
  expect(
    runsOfSets(near, [
      { at: near, filter: filter(1) },
      { at: far, filter: filter(2) },
      { at: near, filter: filter(3) },
    ]),
  ).toEqual([
    { at: near, filter: { $or: [filter(1), filter(3)] } },
    { at: far, filter: filter(2) },
  ])
  expect(runsOfSets(near, [])).toEqual([])
})

test('having data is having any of the metrics', () => {
  expect(withAnyMetric(filter(1), ['a', 'b\\.c'])).toEqual({
    $and: [
      filter(1),
      { $or: [{ 'keys_info.keys.a': { $exists: true } }, { 'keys_info.keys.b.c': { $exists: true } }] },
    ],
  })
})
