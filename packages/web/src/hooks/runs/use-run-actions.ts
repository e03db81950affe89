import type {
  RunEdit,
  RunEditsRequest,
  RunsChangedResponse,
  RunsChangeRequest,
  RunsDeletionResponse,
} from '@lossline/protocol'
import { useMemo } from 'react'
import { callApi, isServerAway } from '../../api/client.ts'
import { type ProjectAddress, runListKeys } from '../../api/queries.ts'
import { useServices } from '../../services.ts'
import { deletionText } from '../../view/runs/deletion-text.ts'
import { formatCount } from '../../view/text/format.ts'
import { movedText, moveInParts, partsToMove, sentLater } from '../../view/writes/move-in-parts.ts'
import { lostText } from '../../view/writes/refusal-text.ts'
import { allFoundWords, runsChangeWrite, runsMoveWrite } from '../../view/writes/run-writes.ts'
import { useRefusal } from '../shell/use-refusal.ts'

/** Changes of a project's runs. What fails is told in a message; nothing is thrown. */
export interface RunActions {
  edit(runId: string, edit: RunEdit): Promise<void>
  /** @param done - What is said of the runs that were changed, such as `tagged best`. */
  change(request: RunsChangeRequest, done: string): Promise<void>
  /** Puts runs into another project of the same entity, part by part. @returns whether all are there. */
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
    // Keys reach what buttons do not offer.
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
    const moveBack = async (runIds: readonly string[], from: string): Promise<void> => {
      for (const part of partsToMove(runIds)) {
        await callApi('POST /api/projects/{entity}/{project}/runs/move', {
          path: { entity, project: from },
          body: { runIds: part, to: { project } },
        })
      }
      updates.noteGone(runIds.map((runId) => ({ entity, project: from, runId })))
    }
    const takeBack = async (ids: readonly string[]): Promise<void> => {
      const dropped = await Promise.all(ids.map((id) => writes.drop(id)))
      if (dropped.includes(false)) throw new Error('it has been sent meanwhile.')
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
          toasts.showEdit(text, isUndoable && runIds.length > 0 ? () => undo(before, request, runIds) : undefined)
        }
        if (refusal !== undefined) return void refuse()
        const outcome = await writes.submit(runsChangeWrite(path, request))
        // What the operation answers with.
        if (outcome.kind === 'sent') tell(outcome.answer as RunsChangedResponse)
        if (outcome.kind !== 'waits') return
        const { of } = request
        const text =
          'runIds' in of
            ? `${formatCount(of.runIds.length, 'run')} ${done}. ${sentLater}`
            : `Once the server is back, ${allFoundWords(of)} then: ${done}`
        toasts.showEdit(text, () => takeBack([outcome.id]))
      },
      async move(runIds, target) {
        if (refusal !== undefined) return refuse()
        const result = await moveInParts(runIds, (part) => writes.submit(runsMoveWrite(path, part, target)))
        const text = movedText(result, target)
        if (text !== undefined) {
          toasts.showEdit(text, async () => {
            if (result.moved.length > 0) {
              await moveBack(result.moved, target)
              await refresh()
            }
            await takeBack(result.waitingIds)
          })
        }
        return result.moved.length === runIds.length
      },
      async discard(of, count) {
        if (refusal !== undefined) return refuse()
        let artifacts: RunsDeletionResponse | undefined
        try {
          artifacts = await callApi('POST /api/projects/{entity}/{project}/runs/deletion', { path, body: { of } })
        } catch (error) {
          const write = runsChangeWrite(path, { of, action: 'trash' })
          if (write.onlyNow && isServerAway(error)) {
            toasts.showProblem(lostText(write, false))
            return false
          }
          // Without an answer the question is asked all the same.
        }
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
