import { type JsonObject, stringifyJson } from '@lossline/protocol'
import type { ProjectRow, RunRow, Store, SweepRow } from '@lossline/store'
import { findRunsToStop, hasReachedTarget } from '@lossline/sweeps'
import type { Clock } from '../../clock.ts'
import { silenceMsMax } from '../liveness.ts'
import { hasEnded } from '../run-state.ts'
import type { Runs } from '../runs.ts'
import { readSchedule } from './local-schedule.ts'
import { sweepOutline } from './sweep-overview.ts'
import { liveRunsOf, namesOf } from './sweep-runs.ts'
import type { TrialReader } from './sweep-trials.ts'
import type { Sweeps } from './sweeps.ts'

/**
 * Asks runs of a sweep to stop that do badly, or that a controller of the user's own wants to end, and finishes a sweep whose
 * target is reached. To be called in the turn of the sweep.
 */
export type JudgeSweep = (project: ProjectRow, sweep: SweepRow, trials: TrialReader) => Promise<void>

export function createJudgeSweep(services: {
  readonly store: Store
  readonly runs: Runs
  readonly sweeps: Sweeps
  readonly clock: Clock
}): JudgeSweep {
  const { store, runs, sweeps, clock } = services

  const stop = async (run: RunRow, why: JsonObject): Promise<void> => {
    await store.write([{ kind: 'put-sweep-trial', run: run.id, earlyStop: stringifyJson(why) }])
    await runs.requestStop(run.id)
  }

  const stopScheduled = async (project: ProjectRow, sweep: SweepRow): Promise<void> => {
    const { stoppedRunIds } = readSchedule(sweep)
    if (stoppedRunIds.length === 0) return
    for (const run of await liveRunsOf(runs, namesOf(project), sweep.name)) {
      if (stoppedRunIds.includes(run.runId) && !run.isStopRequested) await stop(run, {})
    }
  }

  return async (project, sweep, trials) => {
    const { config } = sweepOutline(sweep)
    if (config?.isControllerLocal) return stopScheduled(project, sweep)
    if (config?.metric === undefined || !dependsOnProgress(sweep)) return
    const { metric, earlyTermination: rule } = config
    const read = await trials.read()
    for (const { trial, valueCount, value, threshold } of rule ? findRunsToStop(read, metric, rule) : []) {
      const { run, isPrior } = trial
      // Of a run that somebody sends long after it was made there is no program to stop.
      const isSilent = clock.now() - run.heartbeatAtMs >= silenceMsMax
      if (isPrior || isSilent || run.isStopRequested || hasEnded(run.state)) continue
      await stop(run, { valueCount, value, threshold })
      trials.forget()
    }
    if (hasReachedTarget(config, read)) await sweeps.advance(sweep, 'finished')
  }
}

/** Whether the server may stop runs of a sweep, or end it, because of what they log. */
export function dependsOnProgress(sweep: SweepRow): boolean {
  const { config } = sweepOutline(sweep)
  if (config === undefined || config.isControllerLocal) return false
  return config.metric !== undefined && (config.earlyTermination ?? config.metric.target) !== undefined
}
