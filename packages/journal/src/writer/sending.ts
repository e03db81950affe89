import type { JournalProblem, SenderTarget, SyncOutcome } from './run-writer.ts'

/** The sender of a run that is still being written, as the worker sees it. */
export interface Sending {
  /** Waits until the server has everything, at most `timeoutMs`. Never throws. */
  finish(timeoutMs: number): Promise<SyncOutcome>
}

export interface OpenSendingOptions {
  readonly runDirectory: string
  readonly journalPath: string
  readonly target: SenderTarget
  reportProblem(problem: JournalProblem): void
}

/** Starts sending the journal while it grows. */
export function openSending(options: OpenSendingOptions): Sending {
  const hint = `lossline sync ${options.runDirectory}`
  return {
    async finish() {
      return { isComplete: false, message: 'Sending is not available.', hint }
    },
  }
}
