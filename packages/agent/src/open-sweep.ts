import { join } from 'node:path'
import { Api, type ApiOptions, findDataDirectory, NotFoundError, readSettings, type StoredSweep } from '@lossline/core'
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
  /** A run at which an agent of this machine was killed, and that has not come to an end otherwise; nobody else gets it then. */
  takeInterrupted(): Promise<AssignedRun | undefined>
  /** The best run so far; undefined where no run has the sweep's metric, or nobody can be asked. */
  findBest(): Promise<BestRun | undefined>
}

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
        for (const run of notes.interrupted()) {
          if (!(await isOpen(api, `${sweep.entity}/${sweep.project}/${run.runId}`))) notes.end(run.runId)
          else if (notes.take(run.runId)) return run
        }
        return undefined
      },
      // Whoever has worked for hours is told so, also where the server is away in the end.
      findBest: () => findBestRun(sweep, config).catch(() => undefined),
    })
  } finally {
    await api.close()
  }
}

/** Whether a run is there and has not ended by itself. */
async function isOpen(api: Api, path: string): Promise<boolean> {
  try {
    return !endStates.has((await api.run(path)).state)
  } catch (error) {
    if (error instanceof NotFoundError) return false
    throw error
  }
}

/** A crashed run is none that has ended by itself: it is what an agent that was killed leaves. */
const endStates: ReadonlySet<string> = new Set(['finished', 'failed', 'killed'])
