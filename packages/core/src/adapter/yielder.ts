// Half of the 50 ms within which others shall have their turn: what is done between two looks takes time too.
const yieldEveryMs = 25

/** Lets timers and sockets have their turn, and a browser draw. */
export function giveTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

/**
 * Makes the function that long work in this thread awaits between its pieces: it gives others their turn when they have not had it
 * for 25 ms, and costs next to nothing else.
 *
 * @param nowMs - Any clock. Default: `performance.now`.
 * @example
 * const pause = createYielder()
 * for (const batch of batches) {
 *   train(batch)
 *   await pause()
 * }
 */
export function createYielder(nowMs: () => number = () => performance.now()): () => Promise<void> {
  let lastMs = nowMs()
  return async () => {
    if (nowMs() - lastMs < yieldEveryMs) return
    await giveTurn()
    lastMs = nowMs()
  }
}
