import type { ChangeSweepRequest, CreateSweepRequest, SweepResponse } from '@lossline/protocol'
import { useMemo } from 'react'
import { apiPath, patchJson, postJson, sendDelete } from '../api/client.ts'
import type { ProjectAddress } from '../api/queries.ts'
import { useServices } from '../services.ts'

/** Changes of a project's sweeps. What fails is told in a message, but for a new one, whose form says it. */
export interface SweepActions {
  change(name: string, change: ChangeSweepRequest, done: string): Promise<void>
  /** @returns its name. @throws ApiError. */
  create(request: CreateSweepRequest): Promise<string>
  remove(name: string): Promise<boolean>
}

export function useSweepActions({ entity, project }: ProjectAddress): SweepActions {
  const { queryClient, toasts } = useServices()
  return useMemo(() => {
    const path = (...rest: readonly string[]): string => apiPath('projects', entity, project, 'sweeps', ...rest)
    const refresh = () => queryClient.invalidateQueries({ queryKey: ['sweeps', entity, project] })
    const attempt = async (task: () => Promise<unknown>, done: string): Promise<boolean> => {
      try {
        await task()
        toasts.show(done)
        return true
      } catch (error) {
        toasts.showProblem(error)
        return false
      } finally {
        await refresh()
      }
    }
    return {
      change: async (name, change, done) => {
        await attempt(() => patchJson<SweepResponse>(path(name), change), done)
      },
      create: async (request) => {
        const { sweep } = await postJson<SweepResponse>(path(), request)
        await refresh()
        return sweep.name
      },
      remove: (name) => attempt(() => sendDelete(path(name)), 'Sweep removed. Its runs stay.'),
    }
  }, [entity, project, queryClient, toasts])
}
