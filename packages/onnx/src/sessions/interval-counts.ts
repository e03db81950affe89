/** Adds up the calls of a row. */
export interface IntervalCounts {
  add(latencyMs: number, batchSize: number, concurrentCalls: number): void
  /** The row of the calls since the last one, and begins a new one; `undefined` when nothing happened. */
  take(totals: { readonly callCount: number; readonly errorCount: number }): Record<string, number> | undefined
}

export function createIntervalCounts(name: string): IntervalCounts {
  const keys = {
    calls: `${name}/calls`,
    errors: `${name}/errors`,
    latencyMs: `${name}/latency_ms`,
    latencyMsMax: `${name}/latency_ms_max`,
    batchSize: `${name}/batch_size`,
    rowsPerSecond: `${name}/rows_per_second`,
    concurrentCalls: `${name}/concurrent_calls`,
  }
  let [calls, rows, latencySumMs, latencyMaxMs, concurrentMax, callsTaken] = [0, 0, 0, 0, 0, 0]
  return {
    add(latencyMs, batchSize, concurrentCalls) {
      calls += 1
      rows += batchSize
      latencySumMs += latencyMs
      if (latencyMs > latencyMaxMs) latencyMaxMs = latencyMs
      if (concurrentCalls > concurrentMax) concurrentMax = concurrentCalls
    },
    take({ callCount, errorCount }) {
      if (callCount === callsTaken) return undefined
      callsTaken = callCount
      const row: Record<string, number> = { [keys.calls]: callCount, [keys.errors]: errorCount }
      if (calls > 0) {
        row[keys.latencyMs] = latencySumMs / calls
        row[keys.latencyMsMax] = latencyMaxMs
        row[keys.batchSize] = rows / calls
        row[keys.concurrentCalls] = concurrentMax
        if (latencySumMs > 0) row[keys.rowsPerSecond] = (1_000 * rows) / latencySumMs
      }
      calls = rows = latencySumMs = latencyMaxMs = concurrentMax = 0
      return row
    },
  }
}
