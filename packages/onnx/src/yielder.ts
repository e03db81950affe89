// Half of the 50 ms within which others shall have their turn: what is done between two looks takes time too.
const yieldEveryMs = 25

/** Makes a function that lets timers and sockets have their turn when they have not had it for a while: sessions compute in this thread. */
export function createYielder(): () => Promise<void> {
  let lastMs = performance.now()
  return async () => {
    if (performance.now() - lastMs < yieldEveryMs) return
    await new Promise((resolve) => setTimeout(resolve))
    lastMs = performance.now()
  }
}
