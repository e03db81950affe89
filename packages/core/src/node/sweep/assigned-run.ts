import { AsyncLocalStorage } from 'node:async_hooks'
import { environmentLayer, resolveSettings } from '../../settings/resolve-settings.ts'
import type { SweepAssignment } from '../../sweep/assignment.ts'
import { readEnvironment } from '../environment.ts'
import { readSweepParameters } from './sweep-parameters.ts'

/** What the function that is being called got, until its first run takes it. */
const current = new AsyncLocalStorage<{ assignment: SweepAssignment | undefined }>()

/**
 * Calls a function whose first `init`, also one of what it calls, starts the run that a sweep has assigned.
 *
 * @returns What the function returns.
 */
export function runAssigned<Result>(assignment: SweepAssignment, program: () => Result): Result {
  return current.run({ assignment }, program)
}

/**
 * What a sweep wants the next run of this program to be: what an agent in this process has assigned, else what an agent that
 * started the process has put into the environment.
 *
 * @throws {@link SweepParametersError} when the file with the parameters is named and cannot be read.
 */
export async function takeAssignment(): Promise<SweepAssignment | undefined> {
  const call = current.getStore()
  if (call !== undefined) {
    const { assignment } = call
    call.assignment = undefined
    return assignment
  }
  const environment = readEnvironment()
  const path = environment.LOSSLINE_SWEEP_PARAM_PATH || environment.WANDB_SWEEP_PARAM_PATH
  if (!path) return undefined
  const settings = resolveSettings([environmentLayer(environment)], ['id', 'project', 'entity', 'sweepId'])
  return { settings, config: await readSweepParameters(path) }
}
