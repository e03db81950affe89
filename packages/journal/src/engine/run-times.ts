/** The times that a run's records say, in seconds. */
export interface RunTimes {
  /** `_timestamp` of a time in Unix milliseconds. */
  timestampSeconds(timeMs: number): number
  /** `_runtime` at that time, with what earlier parts of a resumed run took. */
  runtimeSeconds(timeMs: number): number
}

/** Says times of a run that began at `startTimeMs`. */
export function createRunTimes(startTimeMs: number, earlierRuntimeSeconds: number): RunTimes {
  return {
    timestampSeconds: toSeconds,
    runtimeSeconds: (timeMs) => toSeconds(timeMs - startTimeMs) + earlierRuntimeSeconds,
  }
}

function toSeconds(timeMs: number): number {
  return Math.round(timeMs * 1000) / 1e6
}
