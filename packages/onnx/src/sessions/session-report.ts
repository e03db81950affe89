import { beforeFinish, claimName, type RunLike } from '@lossline/core/adapter'
import { createSampleStatistics } from '@lossline/evaluation'
import { createMemoryPeak } from '../memory-peak.ts'
import { guard, type ReportProblem } from '../problems.ts'
import type { ReadCall } from './call-reader.ts'
import { createIntervalCounts } from './interval-counts.ts'
import { createShapeCounts } from './shape-counts.ts'
import type { TrackSettings } from './track-options.ts'

/** What was measured of one call. */
export interface CallMeasurement {
  readonly startedAtMs: number
  readonly endedAtMs: number
  /** Its share of the time in which the session was busy: all of its latency, if no other call overlapped with it. */
  readonly busyMs: number
  readonly read: ReadCall
  /** Other calls that were under way when it began: its latency includes waiting for them. */
  readonly concurrentCalls: number
  /** What it threw, if it did. */
  readonly error: string | undefined
}

/** What one session logs to one run. */
export interface SessionReport {
  readonly run: RunLike
  add(call: CallMeasurement): void
  /** Logs the calls since the last row, and puts the totals into the summary. */
  flush(): void
}

/** Starts reporting to a run: says how keys are shown, and describes the session in the config. */
export function createSessionReport(
  run: RunLike,
  settings: Omit<TrackSettings, 'run'>,
  facts: Readonly<Record<string, unknown>>,
  report: ReportProblem,
): SessionReport {
  const name = claimName(run, settings.name)
  // Each row has it, as the x axis of the others: a chart of its own would show nothing.
  run.defineMetric(`${name}/calls`, { hidden: true })
  run.defineMetric(`${name}/*`, { stepMetric: `${name}/calls` })
  run.config.update({ sessions: { [name]: facts } }, { allowValChange: true })

  const interval = createIntervalCounts(name)
  const latency = createSampleStatistics()
  const shapes = createShapeCounts()
  const memory = createMemoryPeak()
  let [callCount, rowCount, errorCount, busySumMs] = [0, 0, 0, 0]
  let [firstLatencyMs, lastError]: [number | undefined, string | undefined] = [undefined, undefined]
  let nextRowMs = performance.now() + settings.logIntervalMs
  let hasNews = false

  const logInterval = (): void => {
    memory.look()
    nextRowMs = performance.now() + settings.logIntervalMs
    const row = interval.take({ callCount, errorCount })
    if (row !== undefined) run.log(row)
  }
  const flush = (): void => {
    if (!hasNews || run.isFinished) return
    hasNews = false
    logInterval()
    const table = shapes.toTable()
    if (table !== undefined) run.log({ [`${name}/shapes`]: table, [`${name}/calls`]: callCount })
    const percentiles = Object.entries(latency.summarise())
    run.summary.update({
      [`${name}/calls`]: callCount,
      [`${name}/rows`]: rowCount,
      [`${name}/errors`]: errorCount,
      ...(lastError === undefined ? {} : { [`${name}/last_error`]: lastError }),
      ...(firstLatencyMs === undefined ? {} : { [`${name}/latency_ms_first`]: firstLatencyMs }),
      ...Object.fromEntries(percentiles.map(([suffix, value]) => [`${name}/latency_ms_${suffix}`, value])),
      ...(busySumMs === 0 ? {} : { [`${name}/rows_per_second`]: (1_000 * rowCount) / busySumMs }),
      ...(memory.bytes === undefined ? {} : { [`${name}/memory_peak_bytes`]: memory.bytes }),
    })
  }
  beforeFinish(run, () => guard(report, flush))
  return {
    run,
    flush: () => guard(report, flush),
    add({ startedAtMs, endedAtMs, busyMs, read, concurrentCalls, error }) {
      hasNews = true
      callCount += 1
      if (error === undefined) {
        const latencyMs = endedAtMs - startedAtMs
        firstLatencyMs ??= latencyMs
        rowCount += read.batchSize
        busySumMs += busyMs
        shapes.add(read.shapes, latencyMs)
        if (callCount > settings.warmUpRuns) latency.add(latencyMs)
        interval.add(latencyMs, busyMs, read.batchSize, concurrentCalls)
      } else {
        errorCount += 1
        lastError = error
      }
      if (endedAtMs >= nextRowMs) logInterval()
    },
  }
}
