import type { ProjectRow, RunPosition, RunPredicate, RunRow } from '@lossline/store'
import type { ProjectAddress } from '../names.ts'
import { liveStates } from '../run-state.ts'
import type { Runs } from '../runs.ts'

/** Of a project, as questions about its runs name it. */
export function namesOf({ entity, name }: ProjectRow): ProjectAddress {
  return { entity, project: name }
}

/** Runs that belong to a sweep. */
export function ofSweep(name: string): RunPredicate {
  return { kind: 'eq', path: { kind: 'field', field: 'sweepId' }, value: name }
}

const pageRunCount = 1000

/** Those of a sweep that go on or wait. */
export async function liveRunsOf(runs: Runs, at: ProjectAddress, name: string): Promise<readonly RunRow[]> {
  const isLive: RunPredicate = { kind: 'in', path: { kind: 'field', field: 'state' }, values: liveStates }
  return everyRun(runs, at, { kind: 'and', of: [ofSweep(name), isLive] })
}

/** Runs of a project by their ids; those that are not there are left out. */
export async function runsById(runs: Runs, at: ProjectAddress, runIds: readonly string[]): Promise<readonly RunRow[]> {
  if (runIds.length === 0) return []
  return everyRun(runs, at, { kind: 'in', path: { kind: 'field', field: 'runId' }, values: runIds })
}

/** All runs of a project that a filter chooses, however many, newest first. */
export async function everyRun(
  runs: Runs,
  { entity, project }: ProjectAddress,
  filter: RunPredicate,
): Promise<readonly RunRow[]> {
  const found: RunRow[] = []
  let after: RunPosition | undefined
  for (;;) {
    const page = await runs.list({ entity, project, filter, limit: pageRunCount, ...(after && { after }) })
    found.push(...page.runs)
    after = page.positions.at(-1)
    if (page.runs.length < pageRunCount) return found
  }
}
