import type { RunSummary } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { namesWithSets, withoutDoubles } from './drawn-sets.ts'

const run = (runId: string, displayName = runId) => ({ runId, displayName }) as RunSummary
const set = (id: string, ...runs: RunSummary[]) => ({ id, name: id.toUpperCase(), query: '', groupBy: [], runs })

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
