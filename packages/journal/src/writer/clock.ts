/** A moment on the wall clock and on the clock that never jumps; both clocks are the same in all threads. */
export interface ClockStart {
  readonly wallMs: number
  readonly monotonicNs: bigint
}

/** Takes the present moment. */
export function createClockStart(): ClockStart {
  return { wallMs: Date.now(), monotonicNs: process.hrtime.bigint() }
}

/**
 * Makes a clock of Unix milliseconds that starts at the wall clock's time and then only follows the monotonic one, so
 * that a corrected wall clock does not bend a run's curves.
 */
export function createClock(start: ClockStart): () => number {
  const sinceStartMs = Number(process.hrtime.bigint() - start.monotonicNs) / 1e6
  const originMs = start.wallMs + sinceStartMs - performance.now()
  return () => originMs + performance.now()
}
