import type { RunEdit, RunEditsRequest, RunsChangedResponse, RunsChangeRequest } from '@lossline/protocol'
import { useMemo } from 'react'
import { callApi } from '../../api/client.ts'
import { type ProjectAddress, runListKeys } from '../../api/queries.ts'
import { useServices } from '../../services.ts'
import { deletionText } from '../../view/runs/deletion-text.ts'
import { formatCount } from '../../view/text/format.ts'
import { allFoundWords, runsChangeWrite, runsMoveWrite } from '../../view/writes/run-writes.ts'
import type { WriteOutcome } from '../../view/writes/write.ts'
import { useRefusal } from '../shell/use-refusal.ts'

/** As many as the server moves together. */
const movedAtATime = 1000
const sentLater = 'It is sent once the server is back'

/** Changes of a project's runs. What fails is told in a message; nothing is thrown. */
export interface RunActions {
  edit(runId: string, edit: RunEdit): Promise<void>
  /** @param done - What is said of the runs that were changed, such as `tagged best`. */
  change(request: RunsChangeRequest, done: string): Promise<void>
  /** Puts runs into another project of the same entity, a thousand at a time. @returns whether they are there. */
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
      for (let at = 0; at < runIds.length; at += movedAtATime) {
        await callApi('POST /api/projects/{entity}/{project}/runs/move', {
          path: { entity, project: from },
          body: { runIds: runIds.slice(at, at + movedAtATime), to: { project } },
        })
      }
      updates.noteGone(runIds.map((runId) => ({ entity, project: from, runId })))
    }
    const tellWaiting = (text: string, ids: readonly string[]): void =>
      toasts.show(text, async () => {
        const dropped = await Promise.all(ids.map((id) => writes.drop(id)))
        if (dropped.includes(false)) throw new Error('it has been sent meanwhile.')
      })
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
        if (refusal !== undefined) return void refuse()
        const outcome = await writes.submit(runsChangeWrite(path, request))
        // What the operation answers with.
        if (outcome.kind === 'sent') tell(outcome.answer as RunsChangedResponse)
        if (outcome.kind !== 'waits') return
        const { of } = request
        if ('runIds' in of) tellWaiting(`${formatCount(of.runIds.length, 'run')} ${done}. ${sentLater}`, [outcome.id])
        else if (request.action === 'trash') {
          // Somebody agreed to a number, and others may match by then.
          await writes.drop(outcome.id)
          toasts.showProblem(new Error(trashNeedsServer))
        } else tellWaiting(`Once the server is back, ${allFoundWords(of)} then: ${done}`, [outcome.id])
      },
      async move(runIds, target) {
        if (refusal !== undefined) return refuse()
        const outcomes: (WriteOutcome & { readonly id: string })[] = []
        for (let at = 0; at < runIds.length; at += movedAtATime) {
          outcomes.push(await writes.submit(runsMoveWrite(path, runIds.slice(at, at + movedAtATime), target)))
        }
        // What was refused has been told.
        if (outcomes.some(({ kind }) => kind === 'refused')) return false
        const waiting = outcomes.flatMap(({ kind, id }) => (kind === 'waits' ? [id] : []))
        const text = `${formatCount(runIds.length, 'run')} moved to ${target}`
        if (waiting.length > 0) tellWaiting(`${text}. ${sentLater}`, waiting)
        else {
          toasts.show(text, async () => {
            await moveBack(runIds, target)
            await refresh()
          })
        }
        return waiting.length === 0
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

const trashNeedsServer =
  'The server is away, and other runs may match once it is back: none was moved to trash. Try again then, or choose runs one by one.'
