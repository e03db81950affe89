import type { ProjectSummary, RunSummary } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { latestRuns, recentProjects } from './recent-runs.ts'

const project = (name: string, updatedAtMs: number, more: Partial<ProjectSummary> = {}): ProjectSummary => ({
  entity: 'ana',
  project: name,
  runCount: 3,
  runningCount: 0,
  createdAtMs: 0,
  updatedAtMs,
  isSample: false,
  tags: [],
  ...more,
})

test('the latest runs come from the projects that were active last, and not from the sample', () => {
  const projects = [
    project('old', 1),
    project('new', 5),
    project('sample', 9, { isSample: true }),
    project('empty', 8, { runCount: 0 }),
    project('middle', 3),
  ]
  expect(recentProjects(projects, 2).map((one) => one.project)).toEqual(['new', 'middle'])
})

test('those that ended last come first, and those that go on are left out', () => {
  const run = (runId: string, heartbeatAtMs: number, state: RunSummary['state'] = 'finished') =>
    ({ project: 'p', run: { runId, heartbeatAtMs, state } as RunSummary }) as const
  const runs = [
    run('a', 1),
    run('b', 9, 'running'),
    run('c', 4, 'crashed'),
    run('d', 3, 'killed'),
    run('e', 7, 'pending'),
  ]
  expect(latestRuns(runs, 2).map((one) => one.run.runId)).toEqual(['c', 'd'])
})
