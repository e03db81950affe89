import {
  earlierMarkPath,
  encodeKeyPath,
  type HistoryRecord,
  isAutomaticKey,
  pathOf,
  type SummaryFold,
  type WandbRecordBody,
} from '@lossline/protocol'
import { toEarlierSummary } from './earlier-summary.ts'
import type { EarlierMetrics } from './messages.ts'
import type { MetricTraces } from './metric-traces.ts'
import type { RecordLog } from './record-log.ts'
import type { StepValues } from './step-values.ts'
import type { SummaryRecords } from './summary-records.ts'

/** What came before this engine: an engine of the same journal that was lost, or an earlier process of the run. */
export interface EarlierRecords {
  /** Takes in a record that is in the journal already. */
  replay(body: WandbRecordBody): void
  /** Whether the row of a step is in the journal already. */
  hasStep(step: number): boolean
  /** Writes down what an earlier process of the run had, and goes on from it. */
  restore(earlier: EarlierMetrics): void
}

export interface CreateEarlierRecordsOptions {
  readonly fold: SummaryFold
  readonly log: RecordLog
  readonly traces: MetricTraces
  readonly stepValues: StepValues
  readonly summaryRecords: SummaryRecords
  readonly earlierRuntimeSeconds: number
}

/** Begins at the start of a run. */
export function createEarlierRecords(options: CreateEarlierRecordsOptions): EarlierRecords {
  const { fold, log, traces, stepValues, summaryRecords, earlierRuntimeSeconds } = options
  const earlierMark = encodeKeyPath(earlierMarkPath)
  let replayedStep = -1

  function foldIn(body: WandbRecordBody): void {
    if (body.kind === 'metric') fold.applyMetric(body.metric)
    if (body.kind !== 'summary') return
    fold.applySummary(body.summary)
    const { update = [] } = body.summary
    // Of a run that goes on, the last values of its step metrics are in its summary.
    if (update.some((item) => encodeKeyPath(pathOf(item)) === earlierMark)) update.forEach(stepValues.noteEarlier)
  }

  function replayHistory(history: HistoryRecord): void {
    fold.applyHistory(history)
    const automatic = new Map<string, number>()
    for (const item of history.item ?? []) {
      const path = pathOf(item)
      const json = item.valueJson ?? 'null'
      if (path.length === 1 && isAutomaticKey(path[0] as string)) automatic.set(path[0] as string, Number(json))
      else {
        traces.add(path, json)
        stepValues.note(path, json)
      }
    }
    replayedStep = automatic.get('_step') ?? replayedStep
    summaryRecords.noteRow(replayedStep, automatic.get('_timestamp') ?? 0, automatic.get('_runtime') ?? 0)
  }

  return {
    replay(body) {
      log.count(body)
      if (body.kind === 'history') replayHistory(body.history)
      else foldIn(body)
    },
    hasStep: (step) => step <= replayedStep,
    restore({ definitions, summary, stepValues: known }) {
      const bodies: WandbRecordBody[] = definitions.map((metric) => ({ kind: 'metric', metric }))
      for (const record of toEarlierSummary(definitions, summary, earlierRuntimeSeconds)) {
        bodies.push({ kind: 'summary', summary: record })
      }
      for (const body of bodies) {
        log.append(body)
        foldIn(body)
      }
      stepValues.restore(known)
    },
  }
}
