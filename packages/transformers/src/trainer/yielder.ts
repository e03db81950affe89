// Often enough for a page to be drawn and rows to be sent, and rare enough to cost nothing.
const yieldEveryMs = 50

/** Makes a function that lets timers and sockets have their turn now and then: TensorFlow.js computes in this thread. */
export function createYielder(nowMs: () => number = () => performance.now()): () => Promise<void> {
  let lastMs = nowMs()
  return async () => {
    if (nowMs() - lastMs < yieldEveryMs) return
    await new Promise((resolve) => setTimeout(resolve))
    lastMs = nowMs()
  }
}
