import type { ChangeSweepRequest, CreateSweepRequest } from '@lossline/protocol'
import { useMemo } from 'react'
import { callApi } from '../../api/client.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { useServices } from '../../services.ts'
import { createAttempt } from '../create-attempt.ts'

/** Changes of a project's sweeps. What fails is told in a message, but for YAML, whose form says it. */
export interface SweepActions {
  change(name: string, change: ChangeSweepRequest, done: string): Promise<void>
  /** Another configuration. @throws ApiError. */
  configure(name: string, config: string): Promise<void>
  /** @returns its name. @throws ApiError. */
  create(request: CreateSweepRequest): Promise<string>
  remove(name: string): Promise<boolean>
}

/** Brings a sweep back from the trash. @throws ApiError. */
export async function restoreSweep({ entity, project }: ProjectAddress, name: string): Promise<void> {
  await callApi('POST /api/projects/{entity}/{project}/trash/sweeps/{trashedSweep}/restore', {
    path: { entity, project, trashedSweep: name },
  })
}

export function useSweepActions({ entity, project }: ProjectAddress): SweepActions {
  const { queryClient, toasts } = useServices()
  return useMemo(() => {
    const refresh = async (): Promise<void> => {
      // The trash is among the lists of runs.
      const lists = ['sweeps', 'runs', 'run']
      await Promise.all(lists.map((list) => queryClient.invalidateQueries({ queryKey: [list, entity, project] })))
    }
    const attempt = createAttempt(toasts, refresh)
    const tell = (task: () => Promise<unknown>, done: string): Promise<boolean> =>
      attempt(async () => {
        await task()
        toasts.show(done)
      })
    return {
      change: async (name, change, done) => {
        await tell(
          () =>
            callApi('PATCH /api/projects/{entity}/{project}/sweeps/{sweep}', {
              path: { entity, project, sweep: name },
              body: change,
            }),
          done,
        )
      },
      configure: async (name, config) => {
        await callApi('PATCH /api/projects/{entity}/{project}/sweeps/{sweep}', {
          path: { entity, project, sweep: name },
          body: { config },
        })
        await refresh()
      },
      create: async (request) => {
        const { sweep } = await callApi('POST /api/projects/{entity}/{project}/sweeps', {
          path: { entity, project },
          body: request,
        })
        await refresh()
        return sweep.name
      },
      remove: (name) =>
        attempt(async () => {
          const path = { entity, project, sweep: name }
          await callApi('DELETE /api/projects/{entity}/{project}/sweeps/{sweep}', { path })
          toasts.show('Sweep moved to trash. Its runs stay.', async () => {
            await restoreSweep({ entity, project }, name)
            await refresh()
          })
        }),
    }
  }, [entity, project, queryClient, toasts])
}
