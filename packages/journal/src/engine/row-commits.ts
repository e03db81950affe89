import { logNumber, type Summary, type SummaryChange, type SummaryLeaf } from '@lossline/protocol'
import { lineBytesMax } from '../line-limit.ts'
import { toHistoryItems, toLeafItems } from './history-items.ts'
import type { MetricRecords } from './metric-records.ts'
import type { MetricTraces } from './metric-traces.ts'
import { createPendingRow, mergeItems, type PendingRow } from './pending-row.ts'
import type { RecordLog, ReusedRow } from './record-log.ts'
import type { RunTimes } from './run-times.ts'
import type { ShapePlan } from './shape-plan.ts'
import type { ShapePlans } from './shape-plans.ts'
import type { StepValues } from './step-values.ts'
import type { SummaryRecords } from './summary-records.ts'
import { addToTrace } from './trace.ts'

/** Writes rows whose step has ended, and counts them into the summary. */
export interface RowCommits {
  /** A row of a shape, its values at `values[offset]` and after. */
  commitNumbers(shapeId: number, step: number, timeMs: number, values: Float64Array, offset: number): void
  commitLeaves(row: PendingRow): void
}

export interface CreateRowCommitsOptions {
  readonly summary: Summary
  readonly log: RecordLog
  readonly times: RunTimes
  readonly plans: ShapePlans
  readonly traces: MetricTraces
  readonly stepValues: StepValues
  readonly metricRecords: MetricRecords
  readonly summaryRecords: SummaryRecords
}

export function createRowCommits(options: CreateRowCommitsOptions): RowCommits {
  const { summary, log, times, plans, traces, stepValues, metricRecords, summaryRecords } = options
  const reused: ReusedRow = {
    num: 0,
    step: 0,
    timestampSeconds: 0,
    runtimeSeconds: 0,
    values: new Float64Array(),
    valuesOffset: 0,
  }

  function countNumbers(plan: ShapePlan, values: Float64Array, offset: number): void {
    const { leaves, stepMetrics } = plan
    for (let index = 0; index < leaves.length; index += 1) {
      const value = values[offset + index] as number
      logNumber(leaves[index] as SummaryLeaf, value)
      const trace = plan.traces[index]
      if (trace !== undefined) addToTrace(trace, value)
    }
    for (const { position, name } of stepMetrics) stepValues.set(name, values[offset + position] as number)
    summaryRecords.notePlan(plan)
  }

  function countLeaves({ leaves }: PendingRow): void {
    const changes: SummaryChange[] = []
    leaves.forEach((json, path) => {
      changes.push({ path, json })
    })
    summaryRecords.noteRemoved(summary.replaceObjects(changes))
    for (const { path, json } of changes) {
      metricRecords.expandGlobs(path)
      summary.logJson(path, json)
      traces.add(path, json)
      stepValues.note(path, json)
    }
  }

  function commitLeaves(row: PendingRow): void {
    stepValues.addTo(row)
    countLeaves(row)
    const timestampSeconds = row.userTimestampSeconds ?? times.timestampSeconds(row.timeMs)
    const runtimeSeconds = times.runtimeSeconds(row.timeMs)
    summaryRecords.noteRow(row.step, timestampSeconds, runtimeSeconds)
    log.appendRow(toHistoryItems(row, timestampSeconds, runtimeSeconds), row.step)
  }

  return {
    commitNumbers(shapeId, step, timeMs, values, offset) {
      const plan = plans.current(shapeId)
      if (!plan.isPlain || plan.encoder.bytesMax > lineBytesMax) {
        const row = createPendingRow(step, timeMs)
        mergeItems(row, toLeafItems(plan.paths, values, offset))
        commitLeaves(row)
        return
      }
      countNumbers(plan, values, offset)
      reused.step = step
      reused.timestampSeconds = times.timestampSeconds(timeMs)
      reused.runtimeSeconds = times.runtimeSeconds(timeMs)
      reused.values = values
      reused.valuesOffset = offset
      summaryRecords.noteRow(step, reused.timestampSeconds, reused.runtimeSeconds)
      log.appendNumbers(plan.encoder, reused)
    },
    commitLeaves,
  }
}
