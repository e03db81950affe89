import type { RunPredicate, RunRow } from '@lossline/store'
import type { Runs } from '../runs.ts'

/** Names of a place. */
export interface ProjectNames {
  readonly entity: string
  readonly project: string
}

/** Runs that belong to a sweep. */
export function ofSweep(name: string): RunPredicate {
  return { kind: 'eq', path: { kind: 'field', field: 'sweepId' }, value: name }
}

const pageRunCount = 1000
const liveStates: readonly RunRow['state'][] = ['pending', 'running', 'preempting']

/** Those of a sweep that go on or wait. */
export async function liveRunsOf(runs: Runs, at: ProjectNames, name: string): Promise<readonly RunRow[]> {
  const { entity, project } = at
  const isLive: RunPredicate = { kind: 'in', path: { kind: 'field', field: 'state' }, values: liveStates }
  const filter: RunPredicate = { kind: 'and', of: [ofSweep(name), isLive] }
  const found: RunRow[] = []
  for (;;) {
    const page = await runs.list({ entity, project, filter, limit: pageRunCount, offset: found.length })
    found.push(...page.runs)
    if (page.runs.length < pageRunCount) return found
  }
}
