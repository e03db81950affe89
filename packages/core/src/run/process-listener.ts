import type { StopRequest } from '../life/stop-request.ts'
import type { ConsoleStream } from '../platform.ts'
import type { LoggedRunParts } from './logged-run-parts.ts'

/** What a run hears from its process: its end, its output, and the wish that it ends. */
export interface ProcessListener {
  readonly stop: StopRequest
  /** The event loop has stood still for a while, as the writer saw, or turns again. */
  noteEventLoop(state: 'stuck' | 'turning'): void
  /** Hears no more of what adds to the run; the end of the process is still heard of. */
  endInput(): void
  close(): void
}

/** What a run does about it. */
export interface ProcessListenerHooks {
  finish(): Promise<void>
  finishBySignal(exitCode: number): Promise<void> | undefined
  finishNow(exitCode: number): void
  recordOutput(stream: ConsoleStream, text: string): void
}

export function openProcessListener(
  {
    platform,
    mode,
    isConsoleCaptured,
    openStopRequest,
  }: Pick<LoggedRunParts, 'platform' | 'mode' | 'isConsoleCaptured' | 'openStopRequest'>,
  { finish, finishBySignal, finishNow, recordOutput }: ProcessListenerHooks,
): ProcessListener {
  const stop = openStopRequest()
  const watch = platform.watchProcessEnd({
    onExit: finishNow,
    onSignal: finishBySignal,
    onUncaughtError: (text) => recordOutput('stderr', text),
    onIdle: () => {
      // Only a server needs the time; everything else is written when the process exits, with its real exit code.
      if (mode === 'online') void finish()
    },
  })
  const endConsoleCapture = isConsoleCaptured ? platform.captureConsole(recordOutput) : () => {}
  return {
    stop,
    noteEventLoop(state) {
      if (state === 'stuck') watch.letSignalsThrough()
      else watch.watchSignals()
    },
    endInput() {
      endConsoleCapture()
      stop.close()
    },
    close: () => watch.close(),
  }
}
