import { setTimeout as sleep } from 'node:timers/promises'
import { JournalError } from '../errors.ts'
import type { RunAddress } from '../sender/run-api.ts'
import type { SendError } from '../sender/send-error.ts'
import type { Sender, SenderTarget, SendFailure, SendProgress, SendReport } from '../sender/sender-types.ts'
import type { UnsentWork } from '../sender/uploads/unsent.ts'
import type { JournalProblem, SendingProgress, SyncOutcome } from './run-writer.ts'

/** The sender of a run that is still being written. */
export interface Sending {
  /** Waits until the server has everything, at most `timeoutMs`. Never rejects. */
  finish(timeoutMs: number): Promise<SyncOutcome>
  /** Lets {@link finish} wait no longer. */
  stopWaiting(): void
  /** The outcome for somebody who cannot wait. */
  readonly outcomeNow: SyncOutcome
}

export interface OpenSendingOptions {
  readonly runDirectory: string
  readonly journalPath: string
  readonly target: SenderTarget
  reportProblem(problem: JournalProblem): void
  /** Told once, when the server knows the run. */
  reportAnnounced(run: RunAddress): void
  /** Told how the sending goes on once somebody waits for its end. */
  reportProgress(progress: SendingProgress): void
}

const triesOnHint = 'The run goes on: its rows are on disk, and sending is tried again.'

// A directory that is removed while its run goes on is made anew by the next sync of the journal's file.
const restoreWaitMs = 500
const progressIntervalMs = 200

/** Starts sending the journal while it grows. */
export function openSending(options: OpenSendingOptions): Sending {
  const { runDirectory, journalPath, target } = options
  const hint = toSyncCommand(target.baseUrl, runDirectory)
  const stop = new AbortController()
  let lastMessage = 'The server has not answered in time.'
  const toldRemedies = new Set<string | undefined>()
  let toldFailureCount = 0
  let isAwaited = false
  let lastProgressMs = Number.NEGATIVE_INFINITY
  let lastReport: SendReport | undefined
  let report: SendReport | undefined
  let openSender: Sender | undefined
  const patience = new AbortController()

  /** Of the troubles that have the same remedy, or none that is known, the first one. */
  function tellOnce(message: string, problemHint = `To send the run later: ${hint}`, remedy?: string): void {
    lastMessage = message
    if (toldRemedies.has(remedy) || (remedy === undefined && toldRemedies.size > 0)) return
    toldRemedies.add(remedy)
    const said = remedy === undefined ? problemHint : `${remedy} ${problemHint}`
    options.reportProblem({ reason: 'send-failed', message, hint: said, droppedRowCount: 0 })
  }

  function tellFailures({ failures }: SendReport): void {
    for (const failure of failures.slice(toldFailureCount)) options.reportProblem(toProblem(failure))
    toldFailureCount = failures.length
  }

  function onProgress(progress: SendProgress): void {
    if (progress.kind === 'announced') options.reportAnnounced(progress.run)
    if (progress.kind === 'waiting') tellOnce(progress.error.message, triesOnHint, progress.error.remedy)
    if (progress.kind !== 'sent' && progress.kind !== 'uploading') return
    lastReport = progress.report
    tellFailures(progress.report)
    const now = performance.now()
    if (!isAwaited || now - lastProgressMs < progressIntervalMs) return
    lastProgressMs = now
    const { unsent, uploaded } = progress.report
    options.reportProgress({ unsent, uploaded })
  }

  async function run(): Promise<void> {
    // Loaded here: runs without a server do not need it.
    const { createSender } = await import('../sender/sender.ts')
    const sender = createSender({ runDirectory, journalPath, target, follow: true, signal: stop.signal, onProgress })
    openSender = sender
    let runReport = await sender.run()
    while (isJournalMissing(runReport) && !stop.signal.aborted) {
      await sleep(restoreWaitMs, undefined, { ref: false })
      runReport = await sender.run()
    }
    report = runReport
    tellFailures(report)
    if (report.error !== undefined && !stop.signal.aborted) tellOnce(withHint(report.error))
    await sender.close()
  }

  function toOutcome(unsent: UnsentWork | undefined): SyncOutcome {
    if (report?.isExitSent) return { isComplete: true }
    return { isComplete: false, message: lastMessage, hint, ...(unsent === undefined ? {} : { unsent }) }
  }

  const done = run().catch((error: unknown) => tellOnce(error instanceof Error ? error.message : String(error)))
  return {
    get outcomeNow() {
      return toOutcome(lastReport?.unsent)
    },
    stopWaiting() {
      if (toldRemedies.size === 0) lastMessage = 'Nobody waited for the server any longer.'
      patience.abort()
    },
    async finish(timeoutMs) {
      isAwaited = true
      if (lastReport !== undefined) options.reportProgress({ unsent: lastReport.unsent, uploaded: lastReport.uploaded })
      let timer: NodeJS.Timeout | undefined
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, timeoutMs)
        patience.signal.addEventListener('abort', () => resolve(), { once: true })
        if (patience.signal.aborted) resolve()
      })
      await Promise.race([done, timeout])
      clearTimeout(timer)
      if (report === undefined) {
        // Notes how far it came.
        stop.abort()
        await done
      }
      if (report?.isExitSent) return toOutcome(undefined)
      // A journal that cannot be read has said so before.
      return toOutcome(await openSender?.readUnsent().catch(() => lastReport?.unsent))
    },
  }
}

/** The command that sends a run later; the server is named, since the program may have got it from nowhere else. */
function toSyncCommand(baseUrl: string, runDirectory: string): string {
  const isPlain = /^[\w@%+=:,./\\-]+$/.test(runDirectory)
  return `npx lossline sync --base-url ${baseUrl} ${isPlain ? runDirectory : `"${runDirectory}"`}`
}

function withHint({ message, status }: SendError): string {
  return status === 401 || status === 403 ? `${message.replace(/\.$/, '')}. Check the API key` : message
}

const failureTexts: Record<SendFailure['kind'], (name: string) => string> = {
  artifact: (name) => `Artifact "${name}" was not saved`,
  file: (name) => `File "${name}" was not uploaded`,
  summary: (name) => `"${name}" was left out of the summary that the server has`,
}

function toProblem({ kind, name, message, hint, clientId }: SendFailure): JournalProblem {
  return {
    reason: kind === 'summary' ? 'too-large' : 'upload-failed',
    message: `${failureTexts[kind](name)}: ${message}`,
    ...(hint === undefined ? {} : { hint }),
    ...(clientId === undefined ? {} : { artifactClientId: clientId }),
    droppedRowCount: 0,
  }
}

function isJournalMissing({ error }: SendReport): boolean {
  return error?.cause instanceof JournalError && error.cause.code === 'journal-not-found'
}
