import type { RunEdit, RunSummary, RunsQueryResponse } from '@lossline/protocol'
import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query'
import type { LiveUpdates } from '../live/connect-live.ts'
import type { LiveChannel } from '../live/live-channel.ts'
import type { ValueStore } from '../view/address/value-store.ts'
import { removeJson } from '../view/browser/local-json.ts'
import type { ToastStore } from '../view/shell/toast-store.ts'
import { lostText, type Refusal, refusalText } from '../view/writes/refusal-text.ts'
import { doneText, fieldsBefore, runEditWrite } from '../view/writes/run-writes.ts'
import { keysOfEdit, showWrites } from '../view/writes/show-writes.ts'
import { keepWaitingWrites, readWaitingWrites } from '../view/writes/waiting-writes.ts'
import { parseWrites, type Write, type WriteOutcome } from '../view/writes/write.ts'
import { createWriteQueue, QueueFullError, type WriteQueue } from '../view/writes/write-queue.ts'
import { ApiError, callApi, isServerAway } from './client.ts'
import type { RunAddress } from './media-queries.ts'
import { type ProjectAddress, runListKeys, runQuery } from './queries.ts'

/** What changes are shown in, sent by, and told of. */
export interface WriteContext {
  readonly queryClient: QueryClient
  readonly live: LiveChannel
  readonly updates: LiveUpdates
  readonly toasts: ToastStore
  /** Those that wait because the server is away. */
  readonly waiting: ValueStore<readonly Write[]>
}

/** A queue with what is common. */
export interface ConnectedWrites extends WriteQueue {
  /** Changes one run, and offers to take it back. */
  editRun(
    at: ProjectAddress,
    run: { readonly runId: string; readonly writeId: string },
    edit: RunEdit,
  ): Promise<WriteOutcome>
}

/** Where nothing else says that the server is back. */
const retryMs = 8000

/**
 * Shows changes at once, and sends them in their order. Whatever the page asks meanwhile, it shows them until they have an answer;
 * what is refused is shown no more, and told.
 */
export function connectWrites({ queryClient, live, updates, toasts, waiting }: WriteContext): ConnectedWrites {
  const before = new Map<string, readonly (readonly [QueryKey, unknown])[]>()
  let pending: readonly Write[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const refresh = async ({ shows }: Write): Promise<void> => {
    const ofRuns = shows.flatMap(({ kind, entity, project }) =>
      kind === 'runs' ? runListKeys.map((list) => [list, entity, project]) : [],
    )
    const keys = [...shows.flatMap(keysOfEdit), ...ofRuns]
    await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
  }
  const seenIn = ({ shows }: Write): readonly (readonly [QueryKey, unknown])[] =>
    shows.flatMap(keysOfEdit).flatMap((queryKey) => queryClient.getQueriesData({ queryKey }))
  const show = (key: QueryKey, data: unknown): void => {
    const shown = showWrites(key, data, pending)
    if (shown !== data) queryClient.setQueryData(key, shown)
  }
  // Before anything is drawn: an answer from before a change never shows.
  queryClient.getQueryCache().subscribe(({ type, query }) => {
    if (pending.length > 0 && (type === 'updated' || type === 'added')) show(query.queryKey, query.state.data)
  })

  const queue = createWriteQueue({
    waiting: parseWrites(readWaitingWrites()),
    send: ({ name, path, body }) => callApi(name as never, { path, body } as never),
    isAway: isServerAway,
    onChange(writes, isWaiting) {
      pending = writes
      keepWaitingWrites(writes)
      waiting.set(isWaiting ? writes : [])
      clearTimeout(timer)
      // They are of this tab: a reload keeps them, closing it does not.
      if (isWaiting) addEventListener('beforeunload', askBeforeClosing)
      else removeEventListener('beforeunload', askBeforeClosing)
      if (isWaiting) timer = setTimeout(() => queue.flush(), retryMs)
    },
    onSent(write) {
      before.delete(write.id)
      if (write.forgets !== undefined) removeJson(write.forgets)
      void refresh(write)
    },
    onRefused(write, error, hasWaited) {
      restore(write)
      const retry = write.onlyNow === undefined ? () => void submit(write) : undefined
      toasts.showProblem(refusalText(write, refusalOf(error), hasWaited), retry)
    },
    onLost(write, wasSent) {
      restore(write)
      toasts.showProblem(lostText(write, wasSent))
    },
  })
  /** Shows what was there before a change, with what others have changed since. */
  const restore = (write: Write): void => {
    for (const [key, data] of before.get(write.id) ?? []) {
      const isSeen = queryClient.getQueryCache().get(hashKey(key)) !== undefined
      if (isSeen) queryClient.setQueryData(key, showWrites(key, data, pending))
    }
    before.delete(write.id)
    updates.noteBack(goneRuns(write))
    void refresh(write)
  }
  const submit: WriteQueue['submit'] = async (write) => {
    const seen = seenIn(write)
    updates.noteGone(goneRuns(write))
    before.set(write.id, seen)
    try {
      const outcome = queue.submit(write)
      for (const [key, data] of seen) show(key, data)
      return await outcome
    } catch (error) {
      before.delete(write.id)
      updates.noteBack(goneRuns(write))
      if (!(error instanceof QueueFullError)) throw error
      toasts.showProblem(error)
      return { kind: 'refused' }
    }
  }
  updates.onHeal(() => queue.flush())
  live.onStatus(() => live.status().kind === 'live' && queue.flush())
  for (const [key, data] of pending.flatMap(seenIn)) show(key, data)
  queue.flush()
  return {
    ...queue,
    submit,
    async editRun(at, { runId, writeId }, edit) {
      const known = knownRun(queryClient, at, runId)
      const run = { runId, name: known?.displayName ?? runId }
      const outcome = await submit({ ...runEditWrite(at, run, edit), id: writeId })
      const before = known && fieldsBefore(edit, known)
      if (outcome.kind === 'sent' && before !== undefined) {
        toasts.showEdit(doneText(edit, run.name), async () => {
          const now = knownRun(queryClient, at, runId)
          const left = now && fieldsBefore(edit, now)
          // What came later would go with it.
          if (JSON.stringify(left) !== JSON.stringify(edit)) throw new Error(`${run.name} was changed again since.`)
          await submit({ ...runEditWrite(at, run, before), id: `${writeId}-undo` })
        })
      }
      return outcome
    },
    drop(id) {
      const write = pending.find((one) => one.id === id)
      if (write === undefined || !queue.drop(id)) return false
      restore(write)
      return true
    },
  }
}

/** Lets the browser ask whether the tab is to be closed. */
function askBeforeClosing(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

function goneRuns({ shows }: Write): readonly RunAddress[] {
  return shows.flatMap((edit) => {
    if (edit.kind !== 'runs' || !edit.isGone) return []
    const { entity, project } = edit
    return edit.runIds.map((runId) => ({ entity, project, runId }))
  })
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof ApiError) return error
  return { message: error instanceof Error ? error.message : String(error) }
}

/** A run, as far as the page knows it. */
function knownRun(
  queryClient: QueryClient,
  { entity, project }: ProjectAddress,
  runId: string,
): RunSummary | undefined {
  const page = queryClient.getQueryData(runQuery({ entity, project }, runId).queryKey)
  const lists = queryClient.getQueriesData<Partial<RunsQueryResponse>>({ queryKey: ['runs', entity, project] })
  return page?.run ?? lists.flatMap(([, list]) => list?.runs ?? []).find((run) => run.runId === runId)
}
