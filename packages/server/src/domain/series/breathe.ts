const turnMsMax = 20

/** Called between the pieces of long work. */
export type Breathe = () => Promise<void>

/** Lets other requests in between when a query takes long, and stops it when nobody waits for its answer. */
export function createBreather(signal: AbortSignal | undefined): Breathe {
  let turnStartMs = performance.now()
  return async () => {
    if (performance.now() - turnStartMs < turnMsMax) return
    await new Promise<void>((resolve) => void setImmediate(resolve))
    signal?.throwIfAborted()
    turnStartMs = performance.now()
  }
}
