import { activeRun } from '@lossline/core'
import type { RunLike } from '@lossline/core/adapter'
import type { SessionLike } from '../onnx-like.ts'
import type { ReportProblem } from '../problems.ts'
import { describeSession } from './describe-session.ts'
import { createSessionReport, type SessionReport } from './session-report.ts'
import type { TrackSettings } from './track-options.ts'

/** The reports of one session: most have one, but the active run may change from call to call. */
export interface SessionReports {
  /** That of the run which the next call is of; `undefined` when there is none. */
  ofNextCall(): SessionReport | undefined
  flush(): void
}

/** Makes the reports of a session, each when a call first needs it. */
export function createSessionReports(
  session: SessionLike,
  { run: given, ...settings }: TrackSettings,
  report: ReportProblem,
): SessionReports {
  // A run that cannot be reported to is not tried again with each call.
  const reports = new Map<RunLike, SessionReport | undefined>()
  return {
    ofNextCall() {
      const run: RunLike | undefined = given ?? activeRun()
      if (run === undefined || run.isFinished) {
        report(noRun)
        return undefined
      }
      if (reports.has(run)) return reports.get(run)
      for (const known of reports.keys()) if (known.isFinished) reports.delete(known)
      reports.set(run, undefined)
      const started = createSessionReport(run, settings, describeSession(session), report)
      reports.set(run, started)
      return started
    },
    flush() {
      for (const one of reports.values()) one?.flush()
    },
  }
}

const noRun = {
  code: 'onnx-no-run',
  message: 'No run is active, so calls of this session are not logged.',
  hint: 'Call await init() before them, or pass the run: trackSession(session, { run }).',
} as const
