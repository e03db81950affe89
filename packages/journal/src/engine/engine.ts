import { createSummaryFold, type JsonObject, type MetricRecord, type WandbRecordBody } from '@lossline/protocol'
import type { RowItem } from '../media/row-item.ts'
import { createEarlierRecords } from './earlier-records.ts'
import { type Materialize, toLeaves } from './media-leaves.ts'
import type { EarlierMetrics, RowMessage } from './messages.ts'
import type { MetricHistory } from './metric-histories.ts'
import { createMetricRecords } from './metric-records.ts'
import { createMetricTraces } from './metric-traces.ts'
import { createOpenStep } from './open-step.ts'
import { mergeItems } from './pending-row.ts'
import { createRecordLog, type RecordSink } from './record-log.ts'
import { createRowCommits } from './row-commits.ts'
import { createRunTimes } from './run-times.ts'
import { createShapePlans } from './shape-plans.ts'
import { createStepValues } from './step-values.ts'
import { createSummaryRecords } from './summary-records.ts'
import { updateSummary } from './summary-updates.ts'

/** What a run holds beside its rows. */
export interface RunContents {
  /** Files of the run that its records name. */
  readonly fileCount: number
  /** Versions of artifacts that it logged. */
  readonly artifactCount: number
  /** The courses of some of its metrics. */
  readonly histories: readonly MetricHistory[]
}

export interface CreateEngineOptions {
  readonly sink: RecordSink
  /** Media that it cannot write are left out. Default: none is kept. */
  readonly materialize?: Materialize
  /** Start of the run, Unix milliseconds: where `_runtime` is 0. */
  readonly startTimeMs: number
  /** Seconds that earlier parts of a resumed run took. Default 0. */
  readonly earlierRuntimeSeconds?: number
  /** Number of records already in the journal. Default 0. */
  readonly recordCount?: number
  /** Least time between two automatic summary records, milliseconds. Default 1000. */
  readonly summaryIntervalMs?: number
}

/** Turns rows and calls into the records of a journal. Runs in any thread; all of it is synchronous. */
export interface Engine {
  readonly rowCount: number
  readonly recordCount: number
  defineShape(id: number, paths: readonly (readonly string[])[]): void
  /** A numeric row, its values at `values[offset]` and after; returns how many there are. */
  logNumbers(shapeId: number, packedStep: number, timeMs: number, values: Float64Array, offset: number): number
  logRow(row: RowMessage): void
  /** Commits a pending row. */
  commit(): void
  append(body: WandbRecordBody): void
  defineMetric(metric: MetricRecord): void
  /** Goes on from what an earlier process had; called before anything else is defined or logged. */
  restore(earlier: EarlierMetrics): void
  updateSummary(update: readonly RowItem[], remove: readonly (readonly string[])[]): void
  readSummary(): JsonObject
  /** What a run holds beside its rows, for the words at its end. */
  readContents(): RunContents
  /** Writes the summary record if it is due. Returns whether there are changes that wait for their time. */
  tick(nowMs: number): boolean
  /** Commits a pending row and writes the last summary and the exit record. */
  finish(exitCode: number, timeMs: number, leavesOpen?: boolean): void
  /** Takes in a record that is in the journal already, for an engine that takes over from a lost one. */
  replay(body: WandbRecordBody): void
}

/** Makes the engine of one run. */
export function createEngine(options: CreateEngineOptions): Engine {
  const { sink, materialize, startTimeMs, earlierRuntimeSeconds = 0, summaryIntervalMs = 1000 } = options
  const fold = createSummaryFold({ showsMeanParts: true })
  const { definitions, summary } = fold
  const traces = createMetricTraces()
  const times = createRunTimes(startTimeMs, earlierRuntimeSeconds)
  const log = createRecordLog(sink, options.recordCount ?? 0)
  const media = { log, materialize }
  const metricRecords = createMetricRecords({ definitions, summary, log })
  const summaryRecords = createSummaryRecords({ summary, log, times, intervalMs: summaryIntervalMs })
  const stepValues = createStepValues(definitions, metricRecords)
  const plans = createShapePlans({ fold, traces, metricRecords, summaryRecords })
  const commits = createRowCommits({
    summary,
    log,
    times,
    plans,
    traces,
    stepValues,
    metricRecords,
    summaryRecords,
  })
  const openStep = createOpenStep(plans, commits)
  const earlier = createEarlierRecords({ fold, log, traces, stepValues, summaryRecords, earlierRuntimeSeconds })

  return {
    get rowCount() {
      return log.rowCount
    },
    get recordCount() {
      return log.recordCount
    },
    defineShape: plans.define,
    logNumbers(shapeId, packedStep, timeMs, values, offset) {
      const isCommitted = packedStep >= 0
      const step = isCommitted ? packedStep : -1 - packedStep
      if (!earlier.hasStep(step)) openStep.logNumbers(shapeId, step, isCommitted, timeMs, values, offset)
      return plans.at(shapeId).paths.length
    },
    logRow({ items, step, isCommitted, timeMs }) {
      if (earlier.hasStep(step)) return
      const leaves = toLeaves(items, step, media)
      const row = openStep.rowAt(step, timeMs)
      for (const item of items) if ('media' in item) row.leaves.delete(item.path)
      mergeItems(row, leaves)
      if (isCommitted) openStep.commit()
    },
    commit: openStep.commit,
    append: log.append,
    defineMetric: metricRecords.define,
    restore: earlier.restore,
    updateSummary(items, remove) {
      updateSummary({ summary, log }, items, toLeaves(items, 'summary', media), remove)
    },
    readSummary: summaryRecords.read,
    readContents: () => ({
      fileCount: log.fileCount,
      artifactCount: log.artifactCount,
      histories: traces.histories(summary, definitions),
    }),
    tick: summaryRecords.writeIfDue,
    finish(exitCode, timeMs, leavesOpen = false) {
      openStep.commit()
      summaryRecords.write(timeMs)
      const runtime = Math.floor(times.runtimeSeconds(timeMs))
      log.append({
        kind: 'exit',
        exit: { exitCode: toRecordedExitCode(exitCode), runtime, ...(leavesOpen ? { notComplete: true } : {}) },
      })
    },
    replay: earlier.replay,
  }
}

/** The record has 32 bits for it, and an error here would end the thread that writes. */
function toRecordedExitCode(exitCode: number): number {
  return (exitCode | 0) === exitCode ? exitCode : 1
}
