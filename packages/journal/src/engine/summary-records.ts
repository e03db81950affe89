import { type JsonObject, type Summary, stringifyNumber } from '@lossline/protocol'
import type { RecordLog } from './record-log.ts'
import type { RunTimes } from './run-times.ts'
import type { ShapePlan } from './shape-plan.ts'

/** The summary records that follow from rows: what has changed since the one before, written by time. */
export interface SummaryRecords {
  /** A row was counted in. */
  noteRow(step: number, timestampSeconds: number, runtimeSeconds: number): void
  /** The leaves of a plan have changed. */
  notePlan(plan: ShapePlan): void
  /** Tells the leaves of the plans so; before plans are made anew and before the summary's changes are read. */
  markChanges(): void
  /** Values that a row has pushed out of the summary, for the next record to remove. */
  noteRemoved(paths: readonly (readonly string[])[]): void
  /** The summary, up to the last row. */
  read(): JsonObject
  write(nowMs: number): void
  /** Writes the record if it is due. Returns whether there are changes that wait for their time. */
  writeIfDue(nowMs: number): boolean
}

export interface CreateSummaryRecordsOptions {
  readonly summary: Summary
  readonly log: RecordLog
  readonly times: RunTimes
  /** Least time between two records that are written because they are due. */
  readonly intervalMs: number
}

interface LastRow {
  step: number
  timestampSeconds: number
  runtimeSeconds: number
}

/** Begins without rows. */
export function createSummaryRecords({ summary, log, times, intervalMs }: CreateSummaryRecordsOptions): SummaryRecords {
  const changedPlans = new Set<ShapePlan>()
  let lastPlan: ShapePlan | undefined
  let lastRow: LastRow | undefined
  let hasChanges = false
  let removedPaths: (readonly string[])[] = []
  let writtenMs = Number.NEGATIVE_INFINITY
  let writtenRuntimeSeconds = 0

  function markChanges(): void {
    for (const plan of changedPlans) {
      for (const leaf of plan.leaves) leaf.isChanged = true
    }
    changedPlans.clear()
    lastPlan = undefined
  }

  function noteAutomaticValues(runtimeSeconds: number): void {
    markChanges()
    if (lastRow !== undefined) {
      summary.setLatest(['_step'], stringifyNumber(lastRow.step))
      summary.setLatest(['_timestamp'], stringifyNumber(lastRow.timestampSeconds))
    }
    summary.setLatest(['_runtime'], stringifyNumber(lastRow?.runtimeSeconds ?? Math.floor(runtimeSeconds)))
    writtenRuntimeSeconds = Math.max(writtenRuntimeSeconds, Math.floor(runtimeSeconds))
    summary.setLatest(['_wandb', 'runtime'], stringifyNumber(writtenRuntimeSeconds))
  }

  function write(nowMs: number): void {
    hasChanges = false
    noteAutomaticValues(times.runtimeSeconds(nowMs))
    const update = summary.takeChanges().map(({ path, json }) => ({ nestedKey: path, valueJson: json }))
    const remove = removedPaths.filter((path) => !summary.has(path)).map((path) => ({ nestedKey: path, valueJson: '' }))
    removedPaths = []
    log.append({ kind: 'summary', summary: { update, remove } })
  }

  return {
    noteRow(step, timestampSeconds, runtimeSeconds) {
      lastRow ??= { step, timestampSeconds, runtimeSeconds }
      lastRow.step = step
      lastRow.timestampSeconds = timestampSeconds
      lastRow.runtimeSeconds = runtimeSeconds
      hasChanges = true
    },
    notePlan(plan) {
      if (plan === lastPlan) return
      lastPlan = plan
      changedPlans.add(plan)
    },
    markChanges,
    noteRemoved(paths) {
      removedPaths.push(...paths)
    },
    read() {
      if (lastRow !== undefined) noteAutomaticValues(lastRow.runtimeSeconds)
      return summary.toJson()
    },
    write,
    writeIfDue(nowMs) {
      if (!hasChanges) return false
      if (nowMs - writtenMs < intervalMs) return true
      writtenMs = nowMs
      write(nowMs)
      return false
    },
  }
}
