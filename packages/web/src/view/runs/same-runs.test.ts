import type { RunSummary } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { areSameRuns } from './same-runs.ts'

const run: RunSummary = {
  runId: 'a',
  displayName: 'run a',
  state: 'running',
  stateCause: '',
  number: 1,
  createdAtMs: 1,
  heartbeatAtMs: 2,
  runtimeSeconds: 100,
  tags: ['one'],
  group: '',
  jobType: '',
  sweepId: '',
  host: '',
  color: '',
  notes: '',
  username: '',
  lastStep: 100,
  revision: 5,
  historyRevision: 5,
}

test('a run that goes on is the same to a chart until it is twice as long', () => {
  const on = { heartbeatAtMs: 9, runtimeSeconds: 101, lastStep: 120, revision: 8, historyRevision: 7, tags: ['one'] }
  expect(areSameRuns([run], [{ ...run, ...on }])).toBe(true)
  expect(areSameRuns([run], [{ ...run, lastStep: 200 }])).toBe(false)
  expect(areSameRuns([run], [{ ...run, runtimeSeconds: 200 }])).toBe(false)
  expect(areSameRuns([{ ...run, lastStep: null }], [{ ...run, lastStep: 1 }])).toBe(false)
})

test('what a chart shows of a run makes it another one', () => {
  const changes: readonly Partial<RunSummary>[] = [
    { displayName: 'b' },
    { state: 'finished' },
    { color: 'hue-2' },
    { number: 2 },
    { tags: ['one', 'two'] },
    { group: 'g' },
    { createdAtMs: 3 },
  ]
  for (const change of changes) expect(areSameRuns([run], [{ ...run, ...change }])).toBe(false)
})

test('other runs, and another order, are other lists', () => {
  const other = { ...run, runId: 'b' }
  expect(areSameRuns([run, other], [other, run])).toBe(false)
  expect(areSameRuns([run], [run, other])).toBe(false)
  expect(areSameRuns([], [])).toBe(true)
})
