import type { RunAddress, RunRow, Store } from '@lossline/store'
import type { Clock } from '../clock.ts'
import type { ChangeFeed } from './change-feed.ts'
import { checkProjectAddress, type ProjectAddress } from './names.ts'
import { checkEntityMayBegin } from './new-entities.ts'
import { runNotFound } from './run-changes.ts'

/**
 * Puts runs into another project, all of them or none. They keep their ids and all that they have, but for artifacts, which
 * stay where they are. Clients that go on under the former address are led to the run.
 *
 * @param ids - Storage ids.
 * @throws {@link ServerError} `not-found`; StoreError `conflict` where an id is taken there.
 */
export type MoveRuns = (ids: readonly number[], to: ProjectAddress) => Promise<readonly RunRow[]>

/** @param inTurn - Lets changes of a run take turns. */
export function createMoveRuns(
  { store, clock, changes }: { readonly store: Store; readonly clock: Clock; readonly changes: ChangeFeed },
  inTurn: <T>(at: RunAddress, task: () => Promise<T>) => Promise<T>,
): MoveRuns {
  /** Waits for the turn of each, in one order, so that two of these do not wait for each other. */
  const inTurns = <T>([first, ...others]: readonly RunAddress[], task: () => Promise<T>): Promise<T> =>
    first === undefined ? task() : inTurn(first, () => inTurns(others, task))

  return async (ids, to) => {
    const { entity, project } = checkProjectAddress(to)
    await checkEntityMayBegin(store, entity)
    const distinct = [...new Set(ids)].toSorted((a, b) => a - b)
    const found = await Promise.all(
      distinct.map(async (id) => {
        const run = await store.runById(id)
        if (run !== undefined) return run
        throw runNotFound(`No run has the storage id ${id}.`)
      }),
    )
    const nowMs = clock.now()
    const results = await inTurns(found, () =>
      store.write(distinct.map((run) => ({ kind: 'move-run', run, entity, project, nowMs }) as const)),
    )
    const left = new Map(found.map((run) => [run.projectId, run]))
    for (const run of left.values()) changes.projectChanged(run.entity, run.project)
    if (results.length > 0) changes.projectChanged(entity, project)
    for (const { run } of results) changes.runChanged(run, ['created', 'meta', 'state'])
    return results.map(({ run }) => run)
  }
}
