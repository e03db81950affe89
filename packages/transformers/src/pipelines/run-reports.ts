import { activeRun } from '@lossline/core'
import type { RunLike } from '@lossline/core/adapter'
import type { ModelFiles } from '../node/model-files.ts'
import { guard, type ReportProblem } from '../problems.ts'
import type { PipelineLike } from '../transformers-like.ts'
import { describeModelFiles, describePipeline } from './describe-pipeline.ts'
import type { ParsedReportOptions } from './report-options.ts'
import { createRunReport, type RunReport } from './run-report.ts'

/** The reports of one pipeline: most have one, but the active run may change from call to call. */
export interface RunReports {
  /** That of the run which the next call is of; `undefined` when there is none. */
  ofNextCall(): RunReport | undefined
  flush(): void
  /** Flushes, and forgets them. */
  end(): void
}

/** Makes the reports of a pipeline, each when a call first needs it. */
export function createRunReports(
  pipe: PipelineLike,
  options: ParsedReportOptions,
  modelFiles: Promise<ModelFiles | undefined>,
  report: ReportProblem,
): RunReports {
  // A run that cannot be reported to is not tried again with each call.
  const reports = new Map<RunLike, RunReport | undefined>()

  const start = (run: RunLike): RunReport => {
    const { modelName = options.load?.modelName, env, load } = options
    const facts = describePipeline(pipe, { modelName, env, load })
    const started = createRunReport(run, options.name ?? pipe.task, facts, options, report)
    void modelFiles.then((files) => {
      if (files !== undefined && !run.isFinished) guard(report, () => started.describe(describeModelFiles(files)))
    })
    return started
  }
  const flush = (): void => {
    for (const one of reports.values()) one?.flush()
  }
  return {
    ofNextCall() {
      const run: RunLike | undefined = options.run ?? activeRun()
      if (run === undefined || run.isFinished) {
        report(noRun)
        return undefined
      }
      if (!reports.has(run)) {
        for (const known of reports.keys()) if (known.isFinished) reports.delete(known)
        reports.set(run, undefined)
        reports.set(run, start(run))
      }
      return reports.get(run)
    },
    flush,
    end() {
      for (const one of reports.values()) one?.end()
      reports.clear()
    },
  }
}

const noRun = {
  code: 'transformers-no-run',
  message: 'No run is active, so calls of this pipeline are not logged.',
  hint: 'Call await init() before them, or pass the run: reportTo(pipe, { run }).',
} as const
