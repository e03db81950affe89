/** Lets long synchronous work give way to everything else from time to time. */
export interface Turns {
  isOver(): boolean
  /** Resolves in the next turn of the event loop. */
  next(): Promise<void>
}

// Long enough that giving way costs little, short enough that nobody notices.
const turnMs = 5

export function createTurns(): Turns {
  let endMs = performance.now() + turnMs
  let count = 0
  return {
    isOver() {
      // Asking the clock each time would cost as much as some of the work.
      count += 1
      return count % 16 === 0 && performance.now() > endMs
    },
    async next() {
      await new Promise<void>((resolve) => {
        setImmediate(resolve)
      })
      endMs = performance.now() + turnMs
    },
  }
}
