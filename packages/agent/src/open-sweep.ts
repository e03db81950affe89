import { hostname } from 'node:os'
import { join } from 'node:path'
import { Api, type ApiOptions, findDataDirectory, readSettings, type StoredSweep } from '@lossline/core'
import type { OptionNames } from '@lossline/core/adapter'
import { parseSweepConfig, type SweepConfig } from '@lossline/sweeps'
import { type BestRun, findBestRun } from './best-run.ts'
import type { AssignedRun } from './loop/trial.ts'
import { openTrialNotes, type TrialNotes } from './loop/trial-notes.ts'

/** Where a sweep is. What is left out comes from the settings, as in `init`. */
export type SweepPlace = Pick<ApiOptions, 'baseUrl' | 'apiKey' | 'dataDir' | 'dir' | 'entity' | 'project'>

/** Its options by name. */
export const sweepPlaceNames: OptionNames<SweepPlace> = {
  baseUrl: true,
  apiKey: true,
  dataDir: true,
  dir: true,
  entity: true,
  project: true,
}

/** A sweep that an agent works for. */
export interface OpenedSweep {
  readonly sweep: StoredSweep
  readonly config: SweepConfig
  readonly notes: TrialNotes
  readonly dataDirectory: string
  /** Runs at which agents of this machine were killed, and that have not come to an end otherwise. */
  takeInterrupted(): Promise<AssignedRun[]>
  /** The best run so far; undefined where no run has the sweep's metric. */
  findBest(): Promise<BestRun | undefined>
}

/** Name of this machine, for people. */
export const host: string = hostname()

/**
 * Opens a sweep, uses it, and closes it.
 *
 * @param path - `entity/project/id`, `project/id` or `id`.
 * @throws {@link NotFoundError}, {@link ServerRequestError}; {@link SweepConfigError} when its configuration cannot be read.
 */
export async function withSweep<Result>(
  path: string,
  place: SweepPlace,
  use: (opened: OpenedSweep) => Promise<Result>,
): Promise<Result> {
  const api = new Api(place)
  try {
    const sweep = await api.sweep(path)
    const { config } = parseSweepConfig(sweep.configYaml)
    const { dataDir, dir } = readSettings({ dataDir: place.dataDir, dir: place.dir })
    const dataDirectory = findDataDirectory({ dataDir, dir })
    const notes = openTrialNotes(join(dataDirectory, 'sweeps', sweep.id))
    return await use({
      sweep,
      config,
      notes,
      dataDirectory,
      async takeInterrupted() {
        const open: AssignedRun[] = []
        for (const run of notes.takeInterrupted()) {
          const { state } = await api.run(`${sweep.entity}/${sweep.project}/${run.runId}`)
          if (!endStates.has(state)) open.push(run)
        }
        return open
      },
      findBest: () => findBestRun(sweep, config),
    })
  } finally {
    await api.close()
  }
}

/** A crashed run is none that has ended by itself: it is what an agent that was killed leaves. */
const endStates: ReadonlySet<string> = new Set(['finished', 'failed', 'killed'])
