import { type RunAddress, type RunRow, type Store, StoreError, type TrashedRunRow } from '@lossline/store'
import type { Clock } from '../clock.ts'
import { ServerError } from '../errors.ts'
import type { ChangeFeed } from './change-feed.ts'
import { runNotFound } from './run-changes.ts'

/** How long a deleted run can be brought back: 30 days. */
export const trashKeptMs: number = 30 * 86_400_000

/** Deleted runs: they are hidden at once, and gone for good when nobody has wanted them back for {@link trashKeptMs}. */
export interface Trash {
  /** Leaves one that is in it already. @throws {@link ServerError} `not-found`. */
  put(run: number): Promise<void>
  /** @throws {@link ServerError} `not-found` when the run is not in the trash of its project. */
  restore(at: RunAddress): Promise<RunRow>
  /** Of a project that is there, the newest first. */
  list(at: { readonly entity: string; readonly project: string }): Promise<readonly TrashedRunRow[]>
  /** @throws {@link ServerError} `run-deleted` for the address of a run that was deleted. */
  refuseSpent(at: RunAddress): Promise<void>
}

/** @param inTurn - Lets changes of a run take turns. */
export function createTrash(
  { store, clock, changes }: { readonly store: Store; readonly clock: Clock; readonly changes: ChangeFeed },
  inTurn: <T>(at: RunAddress, task: () => Promise<T>) => Promise<T>,
): Trash {
  return {
    put: async (id) => {
      const run = await store.runById(id)
      if (run === undefined) {
        // W&B's client deletes a run twice without a complaint.
        if ((await store.trashedRuns({ run: id, limit: 1 })).length > 0) return
        throw runNotFound(`No run has the storage id ${id}.`)
      }
      await inTurn(run, () => store.write([{ kind: 'trash-run', run: id, nowMs: clock.now() }]))
      changes.runChanged(run, ['deleted'])
      changes.projectChanged(run.entity, run.project)
    },
    restore: async (at) => {
      const { entity, project, runId } = at
      const owner = await store.project(entity, project)
      const [found] = owner === undefined ? [] : await store.trashedRuns({ project: owner.id, runId })
      if (found === undefined) throw runNotFound(`No run "${runId}" in the trash of ${entity}/${project}.`)
      const [{ run }] = await store.write([{ kind: 'restore-run', run: found.id, nowMs: clock.now() }])
      changes.runChanged(run, ['created', 'meta', 'state', 'history', 'logs'])
      changes.projectChanged(run.entity, run.project)
      return run
    },
    list: async ({ entity, project }) => {
      const found = await store.project(entity, project)
      return found === undefined ? [] : [...(await store.trashedRuns({ project: found.id }))].reverse()
    },
    refuseSpent: async (at) => {
      if (!(await store.isRunIdSpent(at))) return
      throw new ServerError({
        code: 'run-deleted',
        message: `Run "${at.runId}" of ${at.entity}/${at.project} was deleted.`,
        hint: 'Restore it from the trash of its project, or use another run id.',
      })
    },
  }
}

/** Removes runs and sweeps that have been in the trash for too long. Files are let go by the collection of garbage. @returns how many runs. */
export async function emptyTrash(store: Store, deletedBeforeMs: number): Promise<number> {
  for (const { id } of await store.sweeps({ deletedBeforeMs })) {
    await store.write([{ kind: 'delete-sweep', sweep: id }])
  }
  const runs = await store.trashedRuns({ deletedBeforeMs })
  // One at a time: removing a long run takes a while, and others write too.
  for (const { id } of runs) await store.write([{ kind: 'delete-run', run: id }])
  return runs.length
}

/** Removes all runs in the trash of a project for good; one that somebody else removes meanwhile is as good. @returns which. */
export async function removeTrashOf(store: Store, project: number): Promise<readonly number[]> {
  const runs = (await store.trashedRuns({ project })).map(({ id }) => id)
  for (const run of runs) {
    await store.write([{ kind: 'delete-run', run }]).catch((error: unknown) => {
      if (!(error instanceof StoreError && error.code === 'not-found')) throw error
    })
  }
  return runs
}
