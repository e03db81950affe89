import { createProblemReporter, isShadowed, shadowMethod } from '@lossline/core/adapter'
import { OnnxOptionError } from '../errors.ts'
import type { SessionLike } from '../onnx-like.ts'
import { type OnnxProblemCode, type ReportProblem, toFailure } from '../problems.ts'
import { observeCalls } from './observe-calls.ts'
import { createSessionReports } from './session-reports.ts'
import { parseTrackOptions, type TrackSessionOptions, type TrackSettings } from './track-options.ts'

/** A session that is tracked. */
export interface SessionTracking {
  /** Logs the calls since the last row, and puts the totals into the summary. The end of the run does it too. */
  flush(): void
  /** Flushes, and lets the session be as it was. */
  undo(): void
}

const trackings = new WeakMap<object, SessionTracking>()

/**
 * Logs what a session does: latency, batch size, throughput and errors while it works, percentiles and the shapes of inputs at the
 * end. Its `run` gives what it gave before, the same outputs and the same errors; `release` flushes first.
 *
 * @returns the same session.
 * @throws OnnxOptionError, InvalidOptionError for what is no session, and for options that cannot be. Calls of the session never throw
 *   because of it.
 * @example const session = trackSession(await ort.InferenceSession.create('model.onnx'), { run })
 */
export function trackSession<Session extends SessionLike>(
  session: Session,
  options: TrackSessionOptions = {},
): Session {
  const settings = parseTrackOptions(options)
  if (typeof session?.run !== 'function') {
    throw new OnnxOptionError('This is no session.', 'Pass await InferenceSession.create(path).')
  }
  const report = createProblemReporter<OnnxProblemCode>(options.onProblem)
  if (isShadowed(session, 'run', 'onnx')) {
    report({
      code: 'onnx-already-tracked',
      message: 'The session is tracked already, and goes on as it was.',
      hint: 'Undo it first: trackingOf(session)?.undo().',
    })
    return session
  }
  startTracking(session, settings, report)
  return session
}

/** How a session is tracked; `undefined` when it is not. */
export function trackingOf(session: object): SessionTracking | undefined {
  return trackings.get(session)
}

function startTracking(session: SessionLike, settings: TrackSettings, report: ReportProblem): void {
  const reports = createSessionReports(session, settings, report)
  const observing = observeCalls(session, reports.ofNextCall, report)
  if (observing === undefined) {
    report(toFailure(new Error('the session is frozen, so that its calls cannot be seen.')))
    return
  }
  const shadowings = [
    observing,
    shadowMethod(session, 'release', 'onnx', (release) => {
      return function (...args) {
        reports.flush()
        return Reflect.apply(release, this, args)
      }
    }),
  ]
  trackings.set(session, {
    flush: reports.flush,
    undo() {
      reports.flush()
      for (const shadowing of shadowings) shadowing?.undo()
      trackings.delete(session)
    },
  })
}
