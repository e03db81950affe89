import { claimName, type RunLike } from '@lossline/core/adapter'
import { createSampleStatistics } from '@lossline/evaluation'
import { guard, type ReportProblem } from '../problems.ts'
import { createPredictionTable, type PredictionTable } from '../rows/prediction-table.ts'
import { createFlushTimer } from '../runs/flush-timer.ts'
import { addWaitingReport, removeWaitingReport } from '../runs/waiting-reports.ts'
import { type CallMeasurement, createCallRows } from './call-metrics.ts'
import type { ParsedReportOptions } from './report-options.ts'

/** What one pipeline logs to one run. */
export interface RunReport {
  readonly table: PredictionTable
  /** Adds to what the config says of the pipeline. */
  describe(facts: Readonly<Record<string, unknown>>): void
  logCall(measurement: CallMeasurement): void
  /** Logs the rows that wait, and puts the totals into the summary. */
  flush(): void
  /** The same for the last time. */
  end(): void
}

/** Starts reporting to a run: says how keys are shown, and describes the pipeline in the config. */
export function createRunReport(
  run: RunLike,
  wantedName: string,
  facts: Readonly<Record<string, unknown>>,
  options: ParsedReportOptions,
  report: ReportProblem,
): RunReport {
  const name = claimName(run, wantedName)
  const stepMetric = `${name}/call`
  // Each row has it, as the x axis of the others: a chart of its own would show nothing.
  run.defineMetric(stepMetric, { hidden: true })
  run.defineMetric(`${name}/*`, { stepMetric })
  const describe = (more: Readonly<Record<string, unknown>>): void => {
    run.config.update({ pipelines: { [name]: more } }, { allowValChange: true })
  }
  describe(facts)
  const table = createPredictionTable({ ...options, run, key: `${name}/predictions`, report })
  const toRow = createCallRows(name)
  const latency = createSampleStatistics()
  const firstToken = createSampleStatistics()
  const tokenRate = createSampleStatistics()
  let [callCount, inputCount, errorCount] = [0, 0, 0]

  const logWaiting = (): void => {
    if (run.isFinished) return
    table.flush()
    if (callCount === 0) return
    run.summary.update({
      [`${name}/calls`]: callCount,
      [`${name}/inputs`]: inputCount,
      [`${name}/errors`]: errorCount,
      ...suffixed(`${name}/latency_ms`, latency.summarise()),
      ...suffixed(`${name}/time_to_first_token_ms`, firstToken.summarise()),
      ...suffixed(`${name}/tokens_per_second`, tokenRate.summarise()),
    })
  }
  const flush = (): void => {
    timer.stop()
    guard(report, logWaiting)
  }
  const timer = createFlushTimer(flush)
  const runReport: RunReport = {
    table,
    describe,
    flush,
    logCall(measurement) {
      const { latencyMs, hasFailed, generation, inputs } = measurement
      callCount += 1
      inputCount += inputs.length
      if (hasFailed) errorCount += 1
      else if (callCount > options.warmupCalls) {
        latency.add(latencyMs)
        if (generation !== undefined) firstToken.add(generation.timeToFirstTokenMs)
        if (generation?.tokensPerSecond !== undefined) tokenRate.add(generation.tokensPerSecond)
      }
      run.log(toRow(measurement))
      timer.start()
    },
    end() {
      flush()
      removeWaitingReport(run, runReport)
    },
  }
  addWaitingReport(run, runReport)
  return runReport
}

function suffixed(key: string, values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([suffix, value]) => [`${key}_${suffix}`, value]))
}
