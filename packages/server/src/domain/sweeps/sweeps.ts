import { generateRunId } from '@lossline/protocol'
import type { ProjectRow, RunRow, Store, SweepFields, SweepRow, SweepState } from '@lossline/store'
import { type ParsedSweepConfig, parseSweepConfig, SweepConfigError } from '@lossline/sweeps'
import type { Clock } from '../../clock.ts'
import { ServerError } from '../../errors.ts'
import type { ChangeFeed } from '../change-feed.ts'
import type { ProjectAddress } from '../names.ts'
import type { Runs } from '../runs.ts'
import { liveRunsOf } from './sweep-runs.ts'

/** What of a sweep is changed; undefined leaves it. */
export type SweepEdit = { readonly [F in keyof SweepFields]?: SweepFields[F] | undefined }

/** A sweep, and what is odd about its configuration. */
export interface SavedSweep {
  readonly sweep: SweepRow
  readonly warnings: readonly string[]
}

/** The rules of sweeps: runs that belong together, under a configuration and a state. */
export interface Sweeps {
  /** @throws {@link ServerError} `not-found`. */
  existing(project: ProjectRow, name: string): Promise<SweepRow>
  /** @throws {@link ServerError} `invalid-request` for a configuration that no runs can come of; nothing is made then. */
  create(project: ProjectRow, edit: SweepEdit & { readonly config: string }, username: string): Promise<SavedSweep>
  /**
   * Changes what is given. A state does what its name says: `canceled` asks the runs that go on to stop. Runs that wait for an
   * agent end with their sweep.
   *
   * @throws {@link ServerError} as {@link Sweeps.create}.
   */
  change(sweep: SweepRow, edit: SweepEdit): Promise<SavedSweep>
  /** Goes on to a state by itself, unless somebody has paused or ended it meanwhile. */
  advance(sweep: SweepRow, state: 'running' | 'finished'): Promise<void>
  /** A run says that it belongs to a sweep: one that nobody has made is made, and one that waits for its first run goes on. */
  join(run: RunRow, username: string): Promise<void>
  /** The sweep goes into the trash; its runs stay, and belong to none. */
  remove(sweep: SweepRow): Promise<void>
  /** Brings one back, with its runs. @throws {@link ServerError} `not-found` when it is not in the trash. */
  restore(project: ProjectRow, name: string): Promise<SweepRow>
  /** Those in the trash, the newest first. */
  listTrashed(project: ProjectRow): Promise<readonly SweepRow[]>
  /** Whether one of this name was removed and can still come back: no run can join it. */
  isRemoved(at: ProjectAddress, name: string): Promise<boolean>
}

export function createSweeps({
  store,
  runs,
  clock,
  changes,
}: {
  readonly store: Store
  readonly runs: Runs
  readonly clock: Clock
  readonly changes: ChangeFeed
}): Sweeps {
  const tell = async (sweep: SweepRow): Promise<void> => {
    const place = await store.place({ projectId: sweep.projectId })
    if (place !== undefined) changes.sweepChanged({ entity: place.entity, project: place.project, sweep: sweep.name })
  }
  /** Its runs have changed too, and lists of them are asked for anew. */
  const tellOfRuns = async (sweep: SweepRow): Promise<void> => {
    await tell(sweep)
    const place = await store.place({ projectId: sweep.projectId })
    if (place !== undefined) changes.projectChanged(place.entity, place.project)
  }
  const put = async (
    project: number,
    name: string,
    fields: SweepEdit,
    options: {
      readonly username?: string
      readonly mayChange?: boolean
      readonly whenState?: readonly SweepState[]
    } = {},
  ): Promise<SweepRow> => {
    const { username = '', ...rest } = options
    const [{ sweep }] = await store.write([
      { kind: 'put-sweep', project, name, fields, username, nowMs: clock.now(), ...rest },
    ])
    await tell(sweep)
    return sweep
  }
  /** Of a sweep that has ended. */
  const endRuns = async (sweep: SweepRow): Promise<void> => {
    const place = await store.place({ projectId: sweep.projectId })
    if (place === undefined) return
    for (const run of await liveRunsOf(runs, place, sweep.name)) {
      if (sweep.state === 'canceled') await runs.requestStop(run.id)
      await runs.giveUp(run.id, 'its sweep ended before it began')
    }
  }

  return {
    existing: async (project, name) => {
      const [sweep] = await store.sweeps({ project: project.id, name })
      if (sweep !== undefined) return sweep
      throw new ServerError({ code: 'not-found', message: `No sweep "${name}" in ${project.entity}/${project.name}.` })
    },
    create: async (project, edit, username) => {
      const { config, warnings } = readSweepConfig(edit.config)
      const description = edit.description ?? config.description
      const fields = { ...edit, description }
      const sweep = await put(project.id, generateRunId(), fields, { username, mayChange: false })
      return { sweep, warnings }
    },
    change: async (before, edit) => {
      const warnings = edit.config === undefined ? [] : readSweepConfig(edit.config).warnings
      const sweep = await put(before.projectId, before.name, edit)
      if (edit.state === 'canceled' || edit.state === 'finished') await endRuns(sweep)
      return { sweep, warnings }
    },
    advance: async (sweep, state) => {
      const whenState = state === 'running' ? (['pending'] as const) : (['pending', 'running'] as const)
      await put(sweep.projectId, sweep.name, { state }, { whenState })
    },
    join: async ({ projectId, sweepId }, username) => {
      const [sweep] = await store.sweeps({ project: projectId, name: sweepId })
      if (sweep === undefined) await put(projectId, sweepId, { state: 'running' }, { username })
      else if (sweep.state === 'pending') await put(projectId, sweepId, { state: 'running' })
    },
    remove: async (sweep) => {
      await store.write([{ kind: 'trash-sweep', sweep: sweep.id, nowMs: clock.now() }])
      await tellOfRuns(sweep)
    },
    restore: async (project, name) => {
      const [found] = await store.sweeps({ project: project.id, name, isTrashed: true })
      if (found === undefined) {
        const message = `No sweep "${name}" in the trash of ${project.entity}/${project.name}.`
        throw new ServerError({ code: 'not-found', message })
      }
      await store.write([{ kind: 'restore-sweep', sweep: found.id, nowMs: clock.now() }])
      await tellOfRuns(found)
      return { ...found, deletedAtMs: undefined }
    },
    listTrashed: async (project) => (await store.sweeps({ project: project.id, isTrashed: true })).toReversed(),
    isRemoved: async ({ entity, project }, name) => {
      const owner = await store.project(entity, project)
      if (owner === undefined) return false
      return (await store.sweeps({ project: owner.id, name, isTrashed: true })).length > 0
    },
  }
}

const states: readonly SweepState[] = ['pending', 'running', 'paused', 'finished', 'canceled']

/** Whatever its case, and with the other spelling of one. @throws {@link ServerError} `invalid-request`. */
export function parseSweepState(text: string): SweepState {
  const lower = text.toLowerCase()
  const state = states.find((one) => one === (lower === 'cancelled' ? 'canceled' : lower))
  if (state !== undefined) return state
  throw new ServerError({
    code: 'invalid-request',
    message: `A sweep has no state "${text}".`,
    hint: `There are ${states.join(', ')}.`,
  })
}

/** @throws {@link ServerError} `invalid-request` for a configuration that no runs can come of. */
export function readSweepConfig(text: string): ParsedSweepConfig {
  try {
    return parseSweepConfig(text)
  } catch (cause) {
    if (!(cause instanceof SweepConfigError)) throw cause
    throw new ServerError({ code: 'invalid-request', message: cause.message, cause })
  }
}
