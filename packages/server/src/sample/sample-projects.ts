import { randomUUID } from 'node:crypto'
import type { ProjectRow, Store } from '@lossline/store'
import type { Clock } from '../clock.ts'
import type { ChangeFeed } from '../domain/change-feed.ts'
import type { Runs } from '../domain/runs.ts'
import { removeTrashOf } from '../domain/trash.ts'
import { type Log, toLogFields } from '../log.ts'
import { loadSample } from './load-sample.ts'
import { readSamplePack } from './read-sample-pack.ts'

/** What there is of the sample in a project. */
export interface SampleProgress {
  /** Runs that are in it. */
  readonly loadedRunCount: number
  /** Why the last loading has ended too early; undefined: it goes on, or nobody has begun one since the server started. */
  readonly problem: string | undefined
}

/** Loads the sample into projects and removes it. Projects say themselves whether they hold it. */
export interface SampleProjects {
  /** Ids of the runs of the sample. */
  runIds(): Promise<ReadonlySet<string>>
  /** Undefined: nothing is being loaded, and nothing has failed. */
  progressOf(project: number): SampleProgress | undefined
  /** Begins or goes on to load; nothing while that is under way, or when everything is there. */
  load(project: ProjectRow, username: string): void
  /**
   * Removes a project with everything that it has on disk.
   *
   * @param remove - Removes it from the store, as whoever asks may do it. What it throws is thrown, and all stays.
   */
  remove(project: ProjectRow, remove: () => Promise<void>): Promise<void>
  /** Stops loading and waits until nothing of it is under way. */
  close(): Promise<void>
}

export interface CreateSampleProjectsOptions {
  /** The file that was made when this release was built. */
  readonly packPath: string
  /** A folder in which work folders are made. */
  readonly workDirectory: string
  readonly store: Store
  readonly runs: Runs
  readonly clock: Clock
  readonly changes: ChangeFeed
  readonly log: Log
  readonly fetch: (request: Request, heardAtMs: number) => Promise<Response>
  /** Digests of all contents of a project. */
  readonly contentsOf: (project: ProjectRow) => Promise<ReadonlySet<string>>
  /** Lets go of those of them that nothing needs and nobody has put again since. */
  readonly release: (digests: ReadonlySet<string>, untouchedSinceMs: number) => Promise<void>
  /** Runs a task while nothing else removes what is in the trash or needed by nobody. */
  readonly inMaintenanceTurn: <T>(task: () => Promise<T>) => Promise<T>
  /** Forgets the files of a run that is gone. */
  readonly forgetFiles: (run: number) => Promise<void>
}

/** What work folders are called: what a killed server has left of them is removed when the next one starts. */
export const sampleWorkPrefix = 'sample-work-'

export function createSampleProjects(options: CreateSampleProjectsOptions): SampleProjects {
  const { store, clock, changes, log } = options
  const loadings = new Map<number, { readonly aborter: AbortController; readonly over: Promise<void> }>()
  const progress = new Map<number, SampleProgress>()
  let knownIds: ReadonlySet<string> | undefined

  const note = (project: ProjectRow, now: SampleProgress): void => {
    progress.set(project.id, now)
    changes.projectChanged(project.entity, project.name)
  }

  const work = async (project: ProjectRow, username: string, signal: AbortSignal): Promise<void> => {
    let loadedRunCount = 0
    note(project, { loadedRunCount, problem: undefined })
    try {
      await loadSample({
        ...options,
        pack: await readSamplePack(options.packPath),
        project,
        username,
        workDirectory: `${options.workDirectory}/${sampleWorkPrefix}${randomUUID()}`,
        signal,
        onRun: () => {
          loadedRunCount += 1
          note(project, { loadedRunCount, problem: undefined })
        },
      })
      progress.delete(project.id)
      changes.projectChanged(project.entity, project.name)
    } catch (error) {
      // Stopped, or removed by the way that is there for every project: nobody is left to tell.
      if (signal.aborted || (await store.projectById(project.id)) === undefined) {
        progress.delete(project.id)
        return
      }
      log('error', 'the sample could not be loaded', toLogFields(error))
      note(project, { loadedRunCount, problem: error instanceof Error ? error.message : String(error) })
    }
  }

  const stop = async (project: number): Promise<void> => {
    const loading = loadings.get(project)
    loading?.aborter.abort()
    await loading?.over
  }

  return {
    runIds: async () => {
      knownIds ??= new Set((await readSamplePack(options.packPath)).runs.map(({ id }) => id))
      return knownIds
    },
    progressOf: (project) => progress.get(project),
    load: (project, username) => {
      if (loadings.has(project.id) || project.sampleLoadedAtMs !== 0) return
      const aborter = new AbortController()
      const over = work(project, username, aborter.signal).finally(() => loadings.delete(project.id))
      loadings.set(project.id, { aborter, over })
    },
    remove: async (project, remove) => {
      await stop(project.id)
      progress.delete(project.id)
      const digests = await options.contentsOf(project)
      await remove()
      // Deleted projects leave their runs to the collection of garbage, which comes later, or may have come already.
      await options.inMaintenanceTurn(async () => {
        for (const run of await removeTrashOf(store, project.id)) await options.forgetFiles(run)
      })
      await options.release(digests, project.sampleLoadedAtMs || clock.now())
    },
    close: async () => {
      await Promise.all([...loadings.keys()].map(stop))
    },
  }
}
