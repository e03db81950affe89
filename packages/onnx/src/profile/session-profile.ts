import { beforeFinish, messageOf, shadowMethod } from '@lossline/core/adapter'
import type { SessionLike } from '../onnx-like.ts'
import type { OnnxProblem, ReportProblem } from '../problems.ts'
import type { FileRun } from '../run-like.ts'
import { logProfileTables, logTrace } from './log-profile.ts'
import { openTraceFolder, readPieces, readPiecesSync, type TraceFolder } from './node/trace-file.ts'
import { createProfileSummary } from './profile-summary.ts'

/** The profile of a session that is to be opened. */
export interface SessionProfile {
  /** What the session must be created with. */
  readonly sessionOptions: { readonly enableProfiling: true; readonly profileFilePrefix: string }
  /** Logs what is measured when the session is released, when its profiling ends, or when the run ends. */
  watch(session: SessionLike): void
  /** Removes the place, for a session that could not be opened. */
  discard(): void
}

/** Settings of {@link openSessionProfile}. */
export interface SessionProfileOptions {
  readonly name: string
  readonly warmUpRuns: number
  readonly report: ReportProblem
}

/** Makes a place for a session's trace. @returns `undefined` where there can be none, which is told. */
export function openSessionProfile(
  run: FileRun,
  { name, warmUpRuns, report }: SessionProfileOptions,
): SessionProfile | undefined {
  let folder: TraceFolder
  try {
    folder = openTraceFolder()
  } catch (cause) {
    report(notLogged(cause))
    return undefined
  }
  let isEnded = false

  const giveUp = (cause: unknown): void => {
    folder.remove()
    report(notLogged(cause))
  }
  /** Ends the session's profiling, for good; the trace, unless it was ended before. */
  const end = (endProfiling: () => void): string | undefined => {
    if (isEnded || run.isFinished) return undefined
    isEnded = true
    endProfiling()
    const path = folder.find()
    if (path === undefined) throw new Error('ONNX Runtime has written no file.')
    return path
  }
  const logFile = (path: string): Promise<void> => logTrace(path, run, name).finally(folder.remove)
  /** For where something waits: a large trace takes seconds. */
  const log = async (endProfiling: () => void): Promise<void> => {
    try {
      const path = end(endProfiling)
      if (path === undefined) return
      const summary = createProfileSummary({ warmUpRuns })
      await readPieces(path, summary.add)
      logProfileTables(summary.result(), run, name)
      await logFile(path)
    } catch (cause) {
      giveUp(cause)
    }
  }
  /** For where nothing does. The end of the run waits for its artifacts. */
  const logAtOnce = (endProfiling: () => void): void => {
    try {
      const path = end(endProfiling)
      if (path === undefined) return
      const summary = createProfileSummary({ warmUpRuns })
      readPiecesSync(path, summary.add)
      logProfileTables(summary.result(), run, name)
      logFile(path).catch(giveUp)
    } catch (cause) {
      giveUp(cause)
    }
  }
  return {
    sessionOptions: { enableProfiling: true, profileFilePrefix: folder.prefix },
    discard: folder.remove,
    watch(session) {
      const endProfiling = session.endProfiling?.bind(session) ?? (() => {})
      beforeFinish(run, () => logAtOnce(endProfiling))
      shadowMethod(session, 'endProfiling', 'onnx-profile', (original) => {
        return function (...args) {
          const result = Reflect.apply(original, this, args)
          logAtOnce(() => {})
          return result
        }
      })
      shadowMethod(session, 'release', 'onnx-profile', (release) => {
        return async function (...args) {
          await log(endProfiling)
          return Reflect.apply(release, this, args)
        }
      })
    },
  }
}

function notLogged(cause: unknown): OnnxProblem {
  return {
    code: 'onnx-profile-failed',
    message: `The profile was not logged: ${messageOf(cause)}`,
    hint: 'The session is not touched. onnxruntime-web writes no profile; others need room in the temporary folder.',
    cause,
  }
}
