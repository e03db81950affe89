import type { RunEdit, RunEditsRequest, RunsChangedResponse, RunsChangeRequest } from '@lossline/protocol'
import { useMemo } from 'react'
import { callApi } from '../../api/client.ts'
import { type ProjectAddress, runListKeys } from '../../api/queries.ts'
import { useServices } from '../../services.ts'
import { deletionText } from '../../view/runs/deletion-text.ts'
import { formatCount } from '../../view/text/format.ts'
import { runsChangeWrite } from '../../view/writes/run-writes.ts'
import { createAttempt } from '../create-attempt.ts'
import { useRefusal } from '../shell/use-refusal.ts'

/** As many as the server moves together. */
const movedAtATime = 1000

/** Changes of a project's runs. What fails is told in a message; nothing is thrown. */
export interface RunActions {
  edit(runId: string, edit: RunEdit): Promise<void>
  /** @param done - What is said of the runs that were changed, such as `tagged best`. */
  change(request: RunsChangeRequest, done: string): Promise<void>
  /** Puts runs into another project of the same entity, a thousand at a time. @returns whether it was done. */
  move(runIds: readonly string[], target: string): Promise<boolean>
  /** Asks first. @returns whether somebody said yes. */
  discard(of: RunsChangeRequest['of'], count: number): Promise<boolean>
}

/** Changes runs, asks for lists anew, and offers to take it back. */
export function useRunActions({ entity, project }: ProjectAddress): RunActions {
  const { queryClient, toasts, confirm, updates, writes } = useServices()
  const refusal = useRefusal()
  return useMemo(() => {
    const path = { entity, project }
    const change = (body: RunsChangeRequest) =>
      callApi('POST /api/projects/{entity}/{project}/runs/change', { path, body })
    const refresh = async (): Promise<void> => {
      const lists = [...runListKeys, 'run']
      await Promise.all(lists.map((list) => queryClient.invalidateQueries({ queryKey: [list, entity, project] })))
    }
    const attemptAllowed = createAttempt(toasts, refresh)
    // Keys reach what buttons do not offer.
    const attempt: typeof attemptAllowed = async (task) => (refusal === undefined ? attemptAllowed(task) : refuse())
    const refuse = (): false => {
      toasts.show(refusal ?? '')
      return false
    }
    const undo = async (edits: RunEditsRequest['edits'], request: RunsChangeRequest, runIds: readonly string[]) => {
      if (edits.length > 0) await callApi('POST /api/projects/{entity}/{project}/runs/edits', { path, body: { edits } })
      if (request.action === 'trash') {
        await change({ of: { runIds }, action: 'restore' })
      }
      await refresh()
    }
    const moveRuns = async (from: string, runIds: readonly string[], target: string): Promise<void> => {
      for (let at = 0; at < runIds.length; at += movedAtATime) {
        await callApi('POST /api/projects/{entity}/{project}/runs/move', {
          path: { entity, project: from },
          body: { runIds: runIds.slice(at, at + movedAtATime), to: { project: target } },
        })
        updates.noteGone(runIds.map((runId) => ({ entity, project: from, runId })))
      }
    }
    const actions: RunActions = {
      async edit(runId, edit) {
        if (refusal !== undefined) return void refuse()
        await writes.editRun(path, runId, edit)
      },
      async change(request, done) {
        const tell = ({ runIds, before }: RunsChangedResponse): void => {
          const isUndoable = before.length > 0 || request.action === 'trash'
          const text = `${formatCount(runIds.length, 'run')} ${done}`
          toasts.show(text, isUndoable && runIds.length > 0 ? () => undo(before, request, runIds) : undefined)
        }
        // Which runs a filter finds only the server knows, and it may find others later.
        if (!isOfRuns(request)) return void (await attempt(async () => tell(await change(request))))
        if (refusal !== undefined) return void refuse()
        const outcome = await writes.submit(runsChangeWrite(path, request))
        // What the operation answers with.
        if (outcome.kind === 'sent') tell(outcome.answer as RunsChangedResponse)
        if (outcome.kind !== 'waits') return
        const count = formatCount(request.of.runIds.length, 'run')
        toasts.show(`${count} ${done}. It is sent once the server is back`, async () => {
          if (!(await writes.drop(outcome.id))) throw new Error('it has been sent meanwhile.')
        })
      },
      async move(runIds, target) {
        return attempt(async () => {
          await moveRuns(project, runIds, target)
          toasts.show(`${formatCount(runIds.length, 'run')} moved to ${target}`, async () => {
            await moveRuns(target, runIds, project)
            await refresh()
          })
        })
      },
      async discard(of, count) {
        if (refusal !== undefined) return refuse()
        // Without an answer the question is asked all the same.
        const artifacts = await callApi('POST /api/projects/{entity}/{project}/runs/deletion', {
          path,
          body: { of },
        }).catch(() => undefined)
        const isSure = await confirm.ask({
          title: `Move ${formatCount(count, 'run')} to trash?`,
          text: deletionText(count, artifacts),
          action: 'Move to trash',
        })
        if (isSure) await actions.change({ of, action: 'trash' }, 'moved to trash')
        return isSure
      },
    }
    return actions
  }, [entity, project, queryClient, toasts, confirm, updates, writes, refusal])
}

function isOfRuns(
  request: RunsChangeRequest,
): request is RunsChangeRequest & { readonly of: { readonly runIds: readonly string[] } } {
  return 'runIds' in request.of
}
