// Reading it takes some microseconds, and it grows slowly.
const readEveryMs = 50

/** Watches how much memory the process holds, that of ONNX Runtime included. */
export interface MemoryPeak {
  /** Looks, unless it has done so just now. */
  look(): void
  /** The most of all looks; `undefined` where there is no process, as in browsers. */
  readonly bytes: number | undefined
}

export function createMemoryPeak(): MemoryPeak {
  let bytes: number | undefined
  let nextMs = 0
  return {
    look() {
      const nowMs = performance.now()
      if (nowMs < nextMs) return
      nextMs = nowMs + readEveryMs
      const resident = globalThis.process?.memoryUsage?.rss?.()
      if (resident !== undefined) bytes = Math.max(bytes ?? 0, resident)
    },
    get bytes() {
      return bytes
    },
  }
}
