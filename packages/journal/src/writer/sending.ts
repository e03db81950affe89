import { setTimeout as sleep } from 'node:timers/promises'
import { JournalError } from '../errors.ts'
import type { SendProgress, SendReport } from '../sender/sender-types.ts'
import type { JournalProblem, SenderTarget, SyncOutcome } from './run-writer.ts'

/** The sender of a run that is still being written. */
export interface Sending {
  /** Waits until the server has everything, at most `timeoutMs`. Never rejects. */
  finish(timeoutMs: number): Promise<SyncOutcome>
  /** The outcome for somebody who cannot wait. */
  readonly outcomeNow: SyncOutcome
}

export interface OpenSendingOptions {
  readonly runDirectory: string
  readonly journalPath: string
  readonly target: SenderTarget
  reportProblem(problem: JournalProblem): void
}

const triesOnHint = 'The run goes on: its rows are on disk, and sending is tried again.'

// A directory that is removed while its run goes on is made anew by the next sync of the journal's file.
const restoreWaitMs = 500

/** Starts sending the journal while it grows. */
export function openSending(options: OpenSendingOptions): Sending {
  const { runDirectory, journalPath, target } = options
  const hint = `lossline sync ${runDirectory}`
  const stop = new AbortController()
  let lastMessage = 'The server has not answered in time.'
  let hasTold = false
  let report: SendReport | undefined

  function tellOnce(message: string, problemHint = hint): void {
    lastMessage = message
    if (hasTold) return
    hasTold = true
    options.reportProblem({ reason: 'send-failed', message, hint: problemHint, droppedRowCount: 0 })
  }

  function onProgress(progress: SendProgress): void {
    if (progress.kind === 'waiting') tellOnce(progress.error.message, triesOnHint)
  }

  async function run(): Promise<void> {
    // Loaded here: runs without a server do not need it.
    const { createSender } = await import('../sender/sender.ts')
    const sender = createSender({ runDirectory, journalPath, target, follow: true, signal: stop.signal, onProgress })
    let lastReport = await sender.run()
    while (isJournalMissing(lastReport) && !stop.signal.aborted) {
      await sleep(restoreWaitMs, undefined, { ref: false })
      lastReport = await sender.run()
    }
    report = lastReport
    if (report.error !== undefined && !stop.signal.aborted) tellOnce(report.error.message)
    await sender.close()
  }

  function toOutcome(): SyncOutcome {
    return report?.isExitSent ? { isComplete: true } : { isComplete: false, message: lastMessage, hint }
  }

  const done = run().catch((error: unknown) => tellOnce(error instanceof Error ? error.message : String(error)))
  return {
    get outcomeNow() {
      return toOutcome()
    },
    async finish(timeoutMs) {
      let timer: NodeJS.Timeout | undefined
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, timeoutMs)
      })
      await Promise.race([done, timeout])
      clearTimeout(timer)
      if (report === undefined) {
        // Notes how far it came.
        stop.abort()
        await done
      }
      return toOutcome()
    },
  }
}

function isJournalMissing({ error }: SendReport): boolean {
  return error?.cause instanceof JournalError && error.cause.code === 'journal-not-found'
}
