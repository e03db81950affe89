import { expect, test } from 'vitest'
import { keyPages, keysByProject, runAddressOf, runKeyOf, withRunKeys } from './run-key.ts'

const own = { entity: 'ada', project: 'digits' }
const other = { entity: 'ana', project: 'vision' }

test('a run of the own project goes by its id, one of another project by its whole address, and both lead back', () => {
  expect(runKeyOf({ ...own, runId: 'a1' }, own)).toBe('a1')
  expect(runKeyOf({ ...other, runId: 'a1' }, own)).toBe('ana/vision/a1')
  // Another entity may have a project of the same name.
  expect(runKeyOf({ entity: 'ana', project: 'digits', runId: 'a1' }, own)).toBe('ana/digits/a1')
  for (const at of [own, other, { entity: 'a team', project: 'näch ste' }]) {
    const address = { ...at, runId: 'x y' }
    expect(runAddressOf(runKeyOf(address, own), own)).toEqual(address)
  }
})

test('keys are asked for project by project, in the order in which they come', () => {
  const keys = ['a', 'ana/vision/a', 'b', 'ana/vision/c', 'ana/digits/a']
  expect(keysByProject(keys, own)).toEqual([
    { at: own, runIds: ['a', 'b'], keys: ['a', 'b'] },
    { at: other, runIds: ['a', 'c'], keys: ['ana/vision/a', 'ana/vision/c'] },
    { at: { entity: 'ana', project: 'digits' }, runIds: ['a'], keys: ['ana/digits/a'] },
  ])
  expect(keyPages(['a', 'b', 'ana/vision/a', 'c'], own, 2).map(({ keys: page }) => page)).toEqual([
    ['a', 'b'],
    ['c'],
    ['ana/vision/a'],
  ])
  expect(keysByProject([], own)).toEqual([])
})

test('runs of the own project stay the same list', () => {
  const runs = [{ runId: 'a', displayName: 'A' }]
  expect(withRunKeys(runs, own, own)).toBe(runs)
  expect(withRunKeys(runs, other, own)).toEqual([{ runId: 'ana/vision/a', displayName: 'A' }])
})
