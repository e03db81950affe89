import type { RunEdit, RunEditsRequest, RunsChangedResponse, RunsChangeRequest } from '@lossline/protocol'
import { useMemo } from 'react'
import { apiPath, patchJson, postJson } from '../api/client.ts'
import type { ProjectAddress } from '../api/queries.ts'
import { useServices } from '../services.ts'
import { formatCount } from '../view/format.ts'

/** Changes of a project's runs. What fails is told in a message; nothing is thrown. */
export interface RunActions {
  edit(runId: string, edit: RunEdit): Promise<void>
  /** @param done - What is said of the runs that were changed, such as `tagged best`. */
  change(request: RunsChangeRequest, done: string): Promise<void>
}

/** Changes runs, asks for lists anew, and offers to take it back. */
export function useRunActions({ entity, project }: ProjectAddress): RunActions {
  const { queryClient, toasts } = useServices()
  return useMemo(() => {
    const path = (name: string): string => apiPath('projects', entity, project, 'runs', name)
    const refresh = async (): Promise<void> => {
      const lists = ['runs', 'run-groups', 'run-keys', 'run']
      await Promise.all(lists.map((list) => queryClient.invalidateQueries({ queryKey: [list, entity, project] })))
    }
    const attempt = async (task: () => Promise<void>): Promise<void> => {
      try {
        await task()
      } catch (error) {
        toasts.showProblem(error)
      }
      await refresh()
    }
    const undo = async (edits: RunEditsRequest['edits'], request: RunsChangeRequest, runIds: readonly string[]) => {
      if (edits.length > 0) await postJson(path('edits'), { edits } satisfies RunEditsRequest)
      if (request.action === 'trash') {
        await postJson(path('change'), { of: { runIds }, action: 'restore' } satisfies RunsChangeRequest)
      }
      await refresh()
    }
    return {
      edit: (runId, edit) =>
        attempt(async () => {
          await patchJson(apiPath('runs', entity, project, runId), edit)
        }),
      change: (request, done) =>
        attempt(async () => {
          const { runIds, before } = await postJson<RunsChangedResponse>(path('change'), request)
          const isUndoable = before.length > 0 || request.action === 'trash'
          const text = `${formatCount(runIds.length, 'run')} ${done}`
          toasts.show(text, isUndoable && runIds.length > 0 ? () => undo(before, request, runIds) : undefined)
        }),
    }
  }, [entity, project, queryClient, toasts])
}
