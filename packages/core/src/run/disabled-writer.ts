import type { FinishReport, RunWriter } from '@lossline/journal'
import { createDisabledSummary } from './disabled-summary.ts'

/** A writer that counts steps, knows the summary and writes nothing, for disabled mode. */
export function createDisabledWriter(runDirectory: string): RunWriter {
  const summary = createDisabledSummary(Date.now)
  let step = 0
  const report: FinishReport = {
    journalPath: '',
    rowCount: 0,
    recordCount: 0,
    droppedRowCount: 0,
    droppedMediaCount: 0,
    isWritten: true,
    contents: { fileCount: 0, artifactCount: 0, histories: [] },
    problems: [],
  }
  /** A later step ends the one that is open. */
  function reach(given: number | undefined): void {
    if (given === undefined || given <= step) return
    summary.commit(step)
    step = given
  }

  function endStep(): void {
    summary.commit(step)
    step += 1
  }

  return {
    journalPath: '',
    runDirectory,
    problems: [],
    get step() {
      return step
    },
    tryLogNumbers(metrics, given) {
      if (!isNumeric(metrics)) return false
      if (given !== undefined && given < step) return false
      reach(given)
      summary.logNumbers(metrics)
      if (given === undefined) endStep()
      return true
    },
    logRow(row) {
      if (row.step !== undefined && row.step < step) return 'step-too-low'
      reach(row.step)
      summary.log(row.items)
      if (row.commit ?? row.step === undefined) endStep()
      return 'logged'
    },
    commit: () => summary.commit(step),
    append() {},
    defineMetric: summary.defineMetric,
    restore() {},
    updateSummary: summary.update,
    readSummary: summary.read,
    flush: async () => {},
    flushSync() {},
    stopWaiting() {},
    finish: async () => report,
    finishSync: () => report,
  }
}

function isNumeric(metrics: object): metrics is Readonly<Record<string, number>> {
  return Object.values(metrics).every((value) => typeof value === 'number')
}
