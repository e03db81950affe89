import type { FinishReport, SendingProgress } from '@lossline/journal'
import type { JsonObject } from '@lossline/protocol'
import { ArtifactError } from '../artifacts/artifact-error.ts'
import { describeUnsettled } from '../artifacts/log-draft.ts'
import type { RunArtifacts } from '../artifacts/run-artifacts.ts'
import { toJson } from '../values/to-leaves.ts'
import type { CallOptions } from './call-options.ts'
import { type FinishProgress, openFinishProgress } from './finish-progress.ts'
import type { LoggedRunParts } from './logged-run-parts.ts'
import type { FinishOptions } from './run.ts'
import { toRunFiles } from './run-files.ts'
import type { RunRecorder } from './run-recorder.ts'
import { configContext } from './run-records.ts'
import type { RunState } from './run-state.ts'
import { sayEnd } from './say-end.ts'

/** The ways in which a run ends; the first one counts. */
export interface RunEnding {
  /** See {@link Run.finish}. */
  finish(options: FinishOptions | undefined): Promise<void>
  /** The end by a signal, which a returned promise delays. */
  finishBySignal(exitCode: number): Promise<void> | undefined
  /** The end without waiting, when the process goes. */
  finishNow(exitCode: number): void
  /** Lets {@link finish} wait a moment for facts that are still being looked up. */
  expectFacts(pending: Promise<unknown>): void
  /** The writer tells how the sending goes on while {@link finish} waits for it. */
  noteSending(progress: SendingProgress): void
  /** The summary at the end; undefined before. */
  readonly lastSummary: JsonObject | undefined
}

/** What an ending needs of its run. */
export interface RunEndingParts {
  readonly parts: LoggedRunParts
  readonly state: RunState
  readonly recorder: RunRecorder
  readonly artifacts: RunArtifacts
  readonly callOptions: CallOptions
  /** Lets those log who were waiting for the end; the run still takes it. */
  beforeEnd(): void
  /** Takes the run away from those who look for the active one. */
  forget(): void
  /** Hears no more of what adds to the run. */
  endInput(): void
  /** Hears no more of the process's end. */
  endWatch(): void
}

// Facts about the surroundings are worth a short wait at the end of a run that was shorter than their search.
const lateFactsWaitMs = 1000
// How long Ctrl-C may wait for the server, at most.
const signalFinishTimeoutMsMax = 5000

export function createRunEnding(run: RunEndingParts): RunEnding {
  const { parts, state, recorder, artifacts } = run
  const { platform, writer, mode, shared } = parts
  const pendingFacts: Promise<unknown>[] = []
  // One of several processes that write a run may end without the run.
  const isPrimary = shared?.isPrimary !== false
  let finishing: Promise<void> | undefined
  let lastSummary: JsonObject | undefined
  let progress: FinishProgress | undefined

  const say = (end: Omit<Parameters<typeof sayEnd>[2], 'artifactFailures'>): void =>
    sayEnd(parts, recorder.facts, { ...end, artifactFailures: artifacts.failures })

  async function finishOnce(options: FinishOptions | undefined): Promise<void> {
    if (state.phase !== 'running') return
    const { exitCode, quiet } = run.callOptions.ofFinish(options)
    const finalExitCode = exitCode ?? platform.plannedExitCode()
    run.beforeEnd()
    state.enter('finishing')
    run.forget()
    const timeoutMs = await awaitArtifacts()
    if (pendingFacts.length > 0) {
      await Promise.race([Promise.allSettled(pendingFacts), platform.sleep(lateFactsWaitMs)])
    }
    // A signal or process.exit may have been faster.
    if (!state.isOpen) return
    const summary = closeDoors('finished')
    const report = await awaitWriter(finalExitCode, timeoutMs, quiet)
    run.endWatch()
    parts.connection.close()
    say({ exitCode: finalExitCode, summary, report, quiet })
  }

  /** Files are read to their end; the server has the one time for artifacts and the rest. Returns what is left of it. */
  async function awaitArtifacts(): Promise<number> {
    const { finishTimeoutMs } = parts
    await artifacts.written()
    const startMs = performance.now()
    const isSettled = await Promise.race([
      artifacts.settled().then(() => true),
      platform.sleep(finishTimeoutMs).then(() => false),
    ])
    if (!isSettled) artifacts.giveUpConfig(serverTooSlow(finishTimeoutMs))
    return Math.max(0, finishTimeoutMs - (performance.now() - startMs))
  }

  function finishBySignal(exitCode: number): Promise<void> | undefined {
    if (!state.isOpen) {
      writer.stopWaiting()
      return finishing
    }
    if (mode !== 'online') {
      finishNow(exitCode)
      return undefined
    }
    run.beforeEnd()
    const summary = closeDoors('ending')
    const timeoutMs = Math.min(parts.finishTimeoutMs, signalFinishTimeoutMsMax)
    finishing = awaitWriter(exitCode, timeoutMs).then((report) => say({ exitCode, summary, report }))
    return finishing
  }

  function finishNow(exitCode: number): void {
    if (state.isOpen) run.beforeEnd()
    const summary = state.isOpen ? closeDoors('ending') : undefined
    const report = writer.finishSync(toEnd(exitCode))
    if (exitCode === 0) parts.forgetResume()
    if (summary !== undefined) say({ exitCode, summary, report })
  }

  /** Waits for the writer, and shows what for if it takes long. */
  async function awaitWriter(exitCode: number, timeoutMs: number, quiet = false): Promise<FinishReport> {
    const { isTalkative, info } = quiet ? parts.quietMessenger : parts.messenger
    if (mode === 'online' && isTalkative) {
      progress = openFinishProgress({
        terminal: platform.terminal(),
        every: platform.every,
        timeoutMs,
        printLine: info,
      })
    }
    try {
      const report = await writer.finish({ ...toEnd(exitCode), timeoutMs })
      if (exitCode === 0) parts.forgetResume()
      return report
    } finally {
      progress?.close()
    }
  }

  /** The end of the run, or only of one of the processes that write it. */
  function toEnd(exitCode: number): { exitCode: number; leavesOpen?: true } {
    return isPrimary ? { exitCode } : { exitCode, leavesOpen: true }
  }

  /** Ends what adds to the run, and writes the files that people read. Returns the last summary. */
  function closeDoors(phase: 'ending' | 'finished'): JsonObject {
    run.endInput()
    run.forget()
    state.enter(phase)
    // The row of a step that the program named waits for more until here.
    writer.commit()
    if (mode === 'disabled') return {}
    for (const line of describeUnsettled(artifacts.unsettledNames)) parts.messenger.warn(line)
    const summary = writer.readSummary()
    lastSummary = summary
    // The files of a shared run are those of the process that speaks for it.
    if (isPrimary) writeFiles(summary)
    return summary
  }

  function writeFiles(summary: JsonObject): void {
    const { directory, config, redactor, skipped } = parts
    const context = configContext(redactor, skipped.count)
    const { environment } = recorder
    // The tree's root is an object.
    const files = toRunFiles({ config: toJson(config.read([]), context) as JsonObject, summary, environment })
    for (const [path, text] of Object.entries(files)) platform.writeRunFile(directory, path, text)
  }

  return {
    finish(options) {
      finishing ??= finishOnce(options)
      return finishing
    },
    finishBySignal,
    finishNow,
    expectFacts(pending) {
      pendingFacts.push(pending)
    },
    noteSending: (update) => progress?.update(update),
    get lastSummary() {
      return lastSummary
    },
  }
}

function serverTooSlow(timeoutMs: number): ArtifactError {
  return new ArtifactError({
    code: 'artifact-timeout',
    message: `the run ended, and the server had not taken it in within ${timeoutMs} ms.`,
    hint: 'Allow more time with finishTimeoutMs, or check that the server is up.',
  })
}
