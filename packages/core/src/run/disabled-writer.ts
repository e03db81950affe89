import type { FinishReport, RunWriter } from '@lossline/journal'

/** A writer that counts steps and writes nothing, for disabled mode. */
export function createDisabledWriter(runDirectory: string): RunWriter {
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
  return {
    journalPath: '',
    runDirectory,
    problems: [],
    get step() {
      return step
    },
    tryLogNumbers(_metrics, given) {
      if (given === undefined) step += 1
      else step = Math.max(step, given)
      return true
    },
    logRow(row) {
      if (row.step !== undefined) step = Math.max(step, row.step)
      if (row.commit ?? row.step === undefined) step += 1
      return 'logged'
    },
    commit() {},
    append() {},
    defineMetric() {},
    restore() {},
    updateSummary() {},
    readSummary: () => ({}),
    flush: async () => {},
    flushSync() {},
    stopWaiting() {},
    finish: async () => report,
    finishSync: () => report,
  }
}
