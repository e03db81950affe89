/** The replies that are awaited, by the id of their request. */
export interface PendingReplies {
  /** Makes the id of a new request. */
  open(): number
  settle(id: number, value: unknown): void
  isSettled(id: number): boolean
  /** Hands a reply out and forgets it; undefined when there is none. */
  take(id: number): unknown
  whenSettled(id: number): Promise<unknown>
  /** Settles what nobody will answer any more with undefined. */
  abandonAll(): void
}

interface Pending {
  isSettled: boolean
  value: unknown
  readonly waiters: ((value: unknown) => void)[]
}

/** Makes an empty set. */
export function createPendingReplies(): PendingReplies {
  const pending = new Map<number, Pending>()
  let lastId = 0

  function settle(id: number, value: unknown): void {
    const entry = pending.get(id)
    if (entry === undefined || entry.isSettled) return
    entry.isSettled = true
    entry.value = value
    for (const resolve of entry.waiters) resolve(value)
  }

  function take(id: number): unknown {
    const value = pending.get(id)?.value
    pending.delete(id)
    return value
  }

  return {
    open() {
      lastId += 1
      pending.set(lastId, { isSettled: false, value: undefined, waiters: [] })
      return lastId
    },
    settle,
    isSettled: (id) => pending.get(id)?.isSettled ?? true,
    take,
    async whenSettled(id) {
      const entry = pending.get(id)
      if (entry !== undefined && !entry.isSettled) await new Promise((resolve) => entry.waiters.push(resolve))
      return take(id)
    },
    abandonAll() {
      for (const id of pending.keys()) settle(id, undefined)
    },
  }
}
