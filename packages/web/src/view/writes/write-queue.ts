import type { Write, WriteOutcome } from './write.ts'

/** So many changes wait for the server at most. */
export const waitingMax = 100

/** Changes in the order in which they were made: one at a time is sent, and all wait while the server is away. */
export interface WriteQueue {
  /** Those that have no answer yet. */
  all(): readonly Write[]
  /** @throws {@link QueueFullError} where too many wait. */
  submit(write: Write): Promise<WriteOutcome>
  /** Takes back one that waits. @returns whether it was still there. */
  drop(id: string): boolean
  /** Tries again to send those that wait. */
  flush(): void
}

/** Nothing more can wait. */
export class QueueFullError extends Error {
  constructor() {
    super(`${waitingMax} changes wait for the server already. This one was not made: try again once it is back.`)
    this.name = 'QueueFullError'
  }
}

/** What a queue is connected to. */
export interface CreateWriteQueueOptions {
  /** Those that waited when the page was left. */
  readonly waiting: readonly Write[]
  readonly send: (write: Write) => Promise<unknown>
  /** Whether an error means that nobody knows of the change yet, and not that it is refused. */
  readonly isAway: (error: unknown) => boolean
  readonly onSent: (write: Write, answer: unknown) => void
  /** @param hasWaited - Whoever made the change may think of something else by now. */
  readonly onRefused: (write: Write, error: unknown, hasWaited: boolean) => void
  /** What is made now or not at all met a server that is away. @param wasSent - It may have been made all the same. */
  readonly onLost: (write: Write, wasSent: boolean) => void
  /** Those without an answer are others; `isWaiting`: because the server is away. */
  readonly onChange: (writes: readonly Write[], isWaiting: boolean) => void
}

export function createWriteQueue(options: CreateWriteQueueOptions): WriteQueue {
  const outcomes = new Map<string, (outcome: WriteOutcome) => void>()
  let writes = options.waiting
  let isWaiting = writes.length > 0
  let sending: string | undefined

  const set = (next: readonly Write[]): void => {
    writes = next
    if (writes.length === 0) isWaiting = false
    options.onChange(writes, isWaiting)
  }
  const settle = (write: Write, outcome: WriteOutcome): void => {
    outcomes.get(write.id)?.(outcome)
    outcomes.delete(write.id)
  }
  const lose = (write: Write, wasSent: boolean): void => {
    options.onLost(write, wasSent)
    settle(write, { kind: 'lost' })
  }
  /** @param sent - The one that has met no answer. */
  const wait = (sent: Write): void => {
    const lost = writes.filter(({ onlyNow }) => onlyNow)
    isWaiting = true
    set(writes.filter(({ onlyNow }) => !onlyNow))
    for (const write of lost) lose(write, write === sent)
    for (const write of writes) settle(write, { kind: 'waits' })
  }
  const sendNext = async (): Promise<void> => {
    const [write] = writes
    if (write === undefined || sending !== undefined) return
    sending = write.id
    const hasWaited = !outcomes.has(write.id)
    try {
      const answer = await options.send(write)
      set(writes.slice(1))
      options.onSent(write, answer)
      settle(write, { kind: 'sent', answer })
    } catch (error) {
      if (options.isAway(error)) {
        sending = undefined
        return wait(write)
      }
      set(writes.slice(1))
      options.onRefused(write, error, hasWaited)
      settle(write, { kind: 'refused' })
    }
    sending = undefined
    void sendNext()
  }
  options.onChange(writes, isWaiting)
  return {
    all: () => writes,
    submit(write) {
      if (isWaiting && write.onlyNow) {
        options.onLost(write, false)
        return Promise.resolve({ kind: 'lost' })
      }
      if (writes.length >= waitingMax) return Promise.reject(new QueueFullError())
      set([...writes, write])
      if (isWaiting) return Promise.resolve({ kind: 'waits' })
      const outcome = new Promise<WriteOutcome>((resolve) => outcomes.set(write.id, resolve))
      void sendNext()
      return outcome
    },
    drop(id) {
      // What is under way may have been made.
      if (id === sending || !writes.some((write) => write.id === id)) return false
      set(writes.filter((write) => write.id !== id))
      return true
    },
    flush: () => void sendNext(),
  }
}
