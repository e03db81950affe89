import { generateDisplayName, generateRunId, type JsonObject, stringifyJson, toWireConfig } from '@lossline/protocol'
import type { ProjectRow, RunRow, Store, SweepRow } from '@lossline/store'
import { condenseTrials, hasReachedTarget, type Suggestion, type SweepConfig, suggest } from '@lossline/sweeps'
import type { ProjectAddress } from '../names.ts'
import { runValues } from '../run-values.ts'
import type { Runs } from '../runs.ts'
import { nextScheduled, readSchedule, withScheduled } from './local-schedule.ts'
import type { SuggestionThread } from './suggestion-thread.ts'
import { sweepOutline } from './sweep-overview.ts'
import { liveRunsOf, namesOf, ofSweep } from './sweep-runs.ts'
import type { SweepTrial, TrialReader } from './sweep-trials.ts'
import type { Sweeps } from './sweeps.ts'

/** What there is for somebody who asks a sweep for a run: a new one, nothing yet, or nothing any more. */
export type NextRun =
  | { readonly kind: 'run'; readonly run: RunRow }
  | { readonly kind: 'wait' }
  | { readonly kind: 'none' }

/** Finds settings for runs of a sweep. To be asked in the turn of the sweep. */
export interface SweepSearch {
  /** Makes the next run, pending; a sweep that waits for its first one goes on then, and one that has no more is finished. */
  next(project: ProjectRow, sweep: SweepRow, asked: NextRunRequest): Promise<NextRun>
  /** Makes a run with settings of somebody's choice: it goes to an agent before those that the search suggests. */
  enqueue(
    project: ProjectRow,
    sweep: SweepRow,
    run: { readonly settings: JsonObject; readonly displayName: string | undefined; readonly username: string },
  ): Promise<RunRow>
}

/** Somebody asks for a run. */
export interface NextRunRequest {
  readonly username: string
  readonly trials: TrialReader
}

export function createSweepSearch({
  store,
  runs,
  sweeps,
  suggestionThread,
}: {
  readonly store: Store
  readonly runs: Runs
  readonly sweeps: Sweeps
  readonly suggestionThread: SuggestionThread
}): SweepSearch {
  const create = async (
    { entity, name: project }: ProjectRow,
    sweep: SweepRow,
    made: {
      readonly runId?: string | undefined
      readonly settings: JsonObject
      /** Which run of the sweep it is, counted from 1. */
      readonly number: number
      /** Default: a generated one. */
      readonly displayName?: string | undefined
      readonly username: string
    },
  ): Promise<RunRow> => {
    const [adjective] = generateDisplayName().split('-')
    const { run } = await runs.announce({
      entity,
      project,
      runId: made.runId,
      requestedState: 'pending',
      username: made.username,
      edit: {
        displayName: made.displayName ?? `${adjective}-sweep-${made.number}`,
        sweepId: sweep.name,
        config: stringifyJson(toWireConfig(made.settings)),
      },
    })
    if (sweep.state === 'pending') await sweeps.advance(sweep, 'running')
    return run
  }

  /** Whatever may still come back is waited for. */
  const end = async (project: ProjectAddress, sweep: SweepRow): Promise<NextRun> => {
    if ((await liveRunsOf(runs, project, sweep.name)).length > 0) return { kind: 'wait' }
    await sweeps.advance(sweep, 'finished')
    return { kind: 'none' }
  }

  const nextOfSchedule = async (project: ProjectRow, sweep: SweepRow, username: string): Promise<NextRun> => {
    const schedule = readSchedule(sweep)
    const at = namesOf(project)
    const entry = nextScheduled(schedule)
    const last = schedule.scheduled.at(-1)
    // The server may have ended between the note and the run.
    const isMissing =
      last !== undefined &&
      (await runs.find({ ...at, runId: last.runId })) === undefined &&
      !(await store.isRunIdSpent({ ...at, runId: last.runId }))
    const settings = isMissing ? schedule.entries.find(({ id }) => id === last.id)?.settings : undefined
    if (settings !== undefined) {
      const { length: number } = schedule.scheduled
      return { kind: 'run', run: await create(project, sweep, { runId: last?.runId, settings, number, username }) }
    }
    if (entry === undefined) return { kind: 'wait' }
    if (entry.settings === undefined) return end(at, sweep)
    const runId = generateRunId()
    await sweeps.change(sweep, { scheduler: withScheduled(sweep, { id: entry.id, runId }) })
    const run = await create(project, sweep, { runId, settings: entry.settings, number: entry.number, username })
    return { kind: 'run', run }
  }

  const suggestNext = async (
    sweep: SweepRow,
    config: SweepConfig,
    { trials, seed }: { readonly trials: readonly SweepTrial[]; readonly seed: number },
  ): Promise<Suggestion | undefined> => {
    // The others are quicker than a thread is asked.
    if (config.method !== 'bayes') return suggest(config, trials, { seed })[0]
    return suggestionThread.suggest({ config: sweep.config, trials: condenseTrials(config, trials), seed })
  }

  const nextOfSearch = async (
    project: ProjectRow,
    sweep: SweepRow,
    config: SweepConfig,
    { username, trials: reader }: NextRunRequest,
  ): Promise<NextRun> => {
    const trials = await reader.read()
    if (hasReachedTarget(config, trials) || isCapReached(config, trials)) return end(namesOf(project), sweep)
    const runId = generateRunId()
    // The id makes the luck of a random search another one for each run, also where runs were deleted since.
    const seed = seedOf(config.method === 'random' ? `${sweep.name}/${runId}` : sweep.name)
    const suggestion = await suggestNext(sweep, config, { trials, seed })
    if (suggestion === undefined) return config.method === 'custom' ? { kind: 'wait' } : end(namesOf(project), sweep)
    const number = trials.filter(({ isPrior }) => !isPrior).length + 1
    const run = await create(project, sweep, { runId, settings: suggestion.assignment, number, username })
    if (suggestion.expectation !== undefined) {
      const text = stringifyJson({ ...suggestion.expectation })
      await store.write([{ kind: 'put-sweep-trial', run: run.id, suggestion: text }])
    }
    return { kind: 'run', run }
  }

  return {
    next: async (project, sweep, asked) => {
      const { config } = sweepOutline(sweep)
      if (config === undefined) return { kind: 'none' }
      if (config.isControllerLocal) return nextOfSchedule(project, sweep, asked.username)
      return nextOfSearch(project, sweep, config, asked)
    },
    enqueue: async (project, sweep, run) => {
      const before = await runs.count({ ...namesOf(project), filter: ofSweep(sweep.name) })
      return create(project, sweep, { ...run, number: before + 1 })
    },
  }
}

/** As W&B counts: one that died without a summary has used nothing up. */
function isCapReached({ runCountMax }: SweepConfig, trials: readonly SweepTrial[]): boolean {
  if (runCountMax === undefined) return false
  const counted = trials.filter(
    ({ run, isPrior }) =>
      !isPrior &&
      ((run.state !== 'killed' && run.state !== 'crashed') || Object.keys(runValues(run).summary).length > 0),
  )
  return counted.length >= runCountMax
}

/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
