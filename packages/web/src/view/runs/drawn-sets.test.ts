import type { RunSummary } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { clearLooks, type DrawnRunSet, namesWithSets, withLooks, withoutDoubles } from './drawn-sets.ts'

const own = { entity: 'ada', project: 'digits' }
const run = (runId: string, displayName = runId) => ({ runId, displayName }) as RunSummary
const set = (id: string, ...runs: RunSummary[]) => ({
  id,
  name: id.toUpperCase(),
  at: own,
  query: '',
  groupBy: [],
  runs,
})

test('a run of two sets is drawn in the first of them', () => {
  const sets = [set('a', run('1'), run('2')), set('b', run('2'), run('3')), set('c', run('4'))]
  const drawn = withoutDoubles(sets)
  expect(drawn.map(({ runs }) => runs.map(({ runId }) => runId))).toEqual([['1', '2'], ['3'], ['4']])
  expect([drawn[0], drawn[2]]).toEqual([sets[0], sets[2]])
})

test('runs of two sets with one name are told apart by their sets, others have their own', () => {
  const sets = [set('a', run('1', 'owl'), run('2', 'fox'), run('3', 'fox')), set('b', run('4', 'owl'))]
  expect([...namesWithSets(sets)!]).toEqual([
    ['1', 'owl · A'],
    ['4', 'owl · B'],
  ])
  expect(namesWithSets([sets[0]!])).toBeUndefined()
})

test('a run of another project that looks like one that is drawn gets a look that is free, and keeps it from list to chart', () => {
  const look = (runId: string, number: number, color = '') => ({ ...run(runId), number, color })
  const at = { entity: 'ana', project: 'vision' }
  const sets: readonly DrawnRunSet[] = [
    { ...set('b', look('ana/vision/a', 1), look('ana/vision/b', 2), look('ana/vision/c', 9, 'scale-0-6')), at },
    set('a', look('1', 1), look('2', 3), look('3', 9, 'scale-0-6')),
  ]
  const looks = clearLooks(sets, own)
  // 2 stays with the run that has it in its own project, 3 with that of the view's own.
  expect([...looks]).toEqual([['ana/vision/a', { number: 4, color: '' }]])
  expect(withLooks(sets[0]!.runs, looks).map(({ number }) => number)).toEqual([4, 2, 9])
  const listed = withLooks([look('a', 1), undefined, look('z', 1)], looks, (runId) => `ana/vision/${runId}`)
  expect(listed.map((one) => one?.number)).toEqual([4, undefined, 1])
  expect(clearLooks([sets[1]!], own).size).toBe(0)
})
