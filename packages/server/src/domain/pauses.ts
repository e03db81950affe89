/** Lets others have the event loop, if it was held for a while; rejects when the work is not wanted any more. */
export type Pause = () => Promise<void>

/** Work in one piece, about as long as a request may notice. */
const sliceMs = 8

/** @param signal - Its reason is thrown once it is aborted. Default: nothing stops the work. */
export function createPause(signal?: AbortSignal): Pause {
  let sliceStart = performance.now()
  return async () => {
    signal?.throwIfAborted()
    if (performance.now() - sliceStart < sliceMs) return
    await new Promise<void>((resolve) => void setImmediate(resolve))
    signal?.throwIfAborted()
    sliceStart = performance.now()
  }
}
