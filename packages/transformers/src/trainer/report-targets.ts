import { activeRun } from '@lossline/core'
import type { RunLike } from '@lossline/core/adapter'
import { TransformersOptionError } from '../errors.ts'
import type { ReportProblem } from '../problems.ts'
import { activeOrNewRun } from '../runs/active-or-new-run.ts'
import { createReportCallback } from './report-callback.ts'
import type { TrainerCallback } from './trainer-callback.ts'

/**
 * Where a training is reported to: a run; `'lossline'`, the active run, or a new one with the settings of the environment;
 * `'none'`; a callback of one's own.
 */
export type ReportTarget = RunLike | TrainerCallback | 'lossline' | 'none'

/** {@link ReportTarget}, or several. */
export type TrainerReportTo = ReportTarget | readonly ReportTarget[]

/** Refuses words that name nothing. @throws TransformersOptionError */
export function checkReportTo(reportTo: TrainerReportTo | undefined): void {
  for (const target of toList(reportTo)) {
    if (typeof target === 'object' && target !== null) continue
    if (target === 'lossline' || target === 'none') continue
    throw new TransformersOptionError(
      `reportTo is ${String(target)}.`,
      "Pass a run, 'lossline', 'none', or a list of these.",
    )
  }
}

/** The callbacks that report. Without a word about it, that is the active run, and none where there is none. */
export async function toReportCallbacks(
  reportTo: TrainerReportTo | undefined,
  runName: string | undefined,
  report: ReportProblem,
): Promise<TrainerCallback[]> {
  if (reportTo === undefined) {
    const run = activeRun()
    if (run === undefined) report(noRun)
    return run === undefined ? [] : [createReportCallback(run, report)]
  }
  const callbacks: TrainerCallback[] = []
  for (const target of toList(reportTo)) {
    if (target === 'none') continue
    if (target === 'lossline') {
      const run = await activeOrNewRun(report, runName)
      if (run !== undefined) callbacks.push(createReportCallback(run, report))
    } else callbacks.push(isRun(target) ? createReportCallback(target, report) : target)
  }
  return callbacks
}

function toList(reportTo: TrainerReportTo | undefined): readonly ReportTarget[] {
  if (reportTo === undefined) return []
  return isList(reportTo) ? reportTo : [reportTo]
}

function isList(reportTo: TrainerReportTo): reportTo is readonly ReportTarget[] {
  return Array.isArray(reportTo)
}

function isRun(target: RunLike | TrainerCallback): target is RunLike {
  return 'log' in target && 'defineMetric' in target
}

const noRun = {
  code: 'transformers-no-run',
  message: 'No run is active, so this training is not logged.',
  hint: "Call await init() before it, or pass reportTo: a run, 'lossline' or 'none'.",
} as const
