import type { RunEdit } from '@lossline/protocol'
import { createValueStore, type ValueStore } from '../view/address/value-store.ts'
import { readWaitingWrites } from '../view/writes/waiting-writes.ts'
import type { Write, WriteOutcome } from '../view/writes/write.ts'
import type { ConnectedWrites, WriteContext } from './connect-writes.ts'
import type { ProjectAddress } from './queries.ts'

/** Changes of the page's, shown at once and sent in their order. */
export interface Writes {
  /** Those that wait because the server is away, in their order. */
  readonly waiting: ValueStore<readonly Write[]>
  /** What is refused is told; nothing is thrown. */
  submit(write: Omit<Write, 'id'>): Promise<WriteOutcome & { readonly id: string }>
  /** Changes one run; as {@link Writes.submit}. */
  editRun(at: ProjectAddress, runId: string, edit: RunEdit): Promise<WriteOutcome>
  /** Takes back one that waits. @returns whether it was still there. */
  drop(id: string): Promise<boolean>
  /** Tries now to send those that wait. */
  retry(): void
  /** Loads what sends them, so that it is there when the server is not. */
  prepare(): Promise<unknown>
}

/** Loads what sends changes when somebody makes one, or some wait from before. */
export function createLazyWrites(context: Omit<WriteContext, 'waiting'>): Writes {
  const waiting = createValueStore<readonly Write[]>([])
  let queue: Promise<ConnectedWrites> | undefined
  const load = (): Promise<ConnectedWrites> => {
    queue ??= import('./connect-writes.ts').then(({ connectWrites }) => connectWrites({ ...context, waiting }))
    queue.catch(() => {
      queue = undefined
    })
    return queue
  }
  const attempt = async (
    task: (queue: ConnectedWrites, id: string) => Promise<WriteOutcome>,
  ): Promise<WriteOutcome & { readonly id: string }> => {
    // Of one browser alone; what makes better ones is missing where a page does not come by https.
    const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`
    try {
      return { ...(await task(await load(), id)), id }
    } catch (error) {
      context.toasts.showProblem(error)
      return { kind: 'refused', id }
    }
  }
  if (readWaitingWrites() !== undefined) void load().catch(() => undefined)
  return {
    waiting,
    submit: (write) => attempt((queue, id) => queue.submit({ ...write, id })),
    editRun: (at, runId, edit) => attempt((queue, writeId) => queue.editRun(at, { runId, writeId }, edit)),
    drop: async (id) => (await load()).drop(id),
    retry: () =>
      void load().then(
        (queue) => queue.flush(),
        () => undefined,
      ),
    prepare: load,
  }
}
