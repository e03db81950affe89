/** Long work in pieces, between which others have the event loop. */
export interface Turns {
  /** True when the piece has taken as long as others may notice. */
  isOver(): boolean
  /** Lets others go first. Rejects when the store was closed meanwhile. What was read of chunks may have changed. */
  next(): Promise<void>
}

/** @param requireOpen - Throws when the store is closed. */
export function createTurns(requireOpen: () => void): Turns {
  let startMs = performance.now()
  return {
    isOver: () => performance.now() - startMs >= turnMs,
    async next() {
      await new Promise<void>((resolve) => void setImmediate(resolve))
      requireOpen()
      startMs = performance.now()
    },
  }
}

/** Longer and others wait; shorter and beside a client that always writes the work takes several times as long. */
const turnMs = 15
