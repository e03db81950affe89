/** Adds up the calls of a row. */
export interface IntervalCounts {
  // Numbers by position, since it is called with each call of a session, which is to allocate nothing for it.
  add(latencyMs: number, busyMs: number, batchSize: number, concurrentCalls: number): void
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
  let [calls, rows, latencySumMs, latencyMaxMs, busySumMs, concurrentMax, callsTaken] = [0, 0, 0, 0, 0, 0, 0]
  return {
    add(latencyMs, busyMs, batchSize, concurrentCalls) {
      calls += 1
      rows += batchSize
      latencySumMs += latencyMs
      busySumMs += busyMs
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
        if (busySumMs > 0) row[keys.rowsPerSecond] = (1_000 * rows) / busySumMs
      }
      calls = rows = latencySumMs = latencyMaxMs = busySumMs = concurrentMax = 0
      return row
    },
  }
}
