import {
  createSender,
  type SendError,
  type Sender,
  type SendReport,
  systemClock,
  writeSyncReceipt,
} from '@lossline/journal'
import { markCrashed } from './mark-crashed.ts'
import { createPatience, type Patience } from './patience.ts'
import { type SyncReceipt, toReceipt } from './receipt.ts'
import { authorizationOf, type SyncTarget } from './sync-target.ts'
import type { SyncedRun } from './synced-runs.ts'
import { writerStateOf } from './writer-watch.ts'

export interface SendRunOptions {
  readonly target: SyncTarget
  /** Gives up on a server that has been away for this long. */
  readonly patienceMs: number
  /** Whether to go on while the run grows, until it has ended or its process is gone. */
  readonly follow: boolean
  readonly stagedDirectories: readonly string[]
  /** Waited for before each artifact is sent. Default: nothing. */
  readonly artifactTurn: (() => Promise<void>) | undefined
  readonly stop: AbortSignal
  /** Called when the server does not answer and before another attempt. */
  onWaiting(error: SendError): void
  /** Called when the server was away for `patienceMs`. */
  onGivenUp(): void
  /** Called when a followed run is given up because nothing is heard of whoever writes it. */
  onSilence(): void
  onReport(report: SendReport): void
}

// How often a followed run is looked at for the end of its process.
const livenessIntervalMs = 1_000

/** Sends what a server lacks of a run, and keeps the receipt. Never rejects. */
export async function sendRun(synced: SyncedRun, options: SendRunOptions): Promise<SyncReceipt> {
  let patience = createPatience(options)
  const gone = new AbortController()
  const open = (follow: boolean, signals: readonly AbortSignal[]): Sender =>
    openSender(synced, follow, signals, options, patience)
  let report: SendReport | undefined
  if (options.follow) {
    const timer = setInterval(() => {
      const state = writerStateOf(synced.run, Date.now())
      if (state === 'there' || gone.signal.aborted) return
      if (state === 'silent') options.onSilence()
      gone.abort()
    }, livenessIntervalMs)
    report = await runAndClose(open(true, [options.stop, gone.signal]))
    clearInterval(timer)
  }
  // What a process wrote before it went.
  if (report === undefined || (gone.signal.aborted && !report.isExitSent && !options.stop.aborted)) {
    // While a run was followed, the server may have been away for long and is back.
    patience.end()
    patience = createPatience(options)
    report = await runAndClose(open(false, [options.stop, patience.signal]))
  }
  patience.end()
  if (patience.trouble !== undefined) options.onGivenUp()
  const isCrashed = await tellCrash(synced, options.target, report)
  const facts = await toReceipt(synced, options.target, report, patience.trouble)
  const receipt: SyncReceipt = isCrashed ? { ...facts, isCrashed } : facts
  await keepReceipt(synced, options.target, receipt)
  return receipt
}

/** A run that nobody writes any more and that has no end would seem to go on until the server misses it. */
async function tellCrash({ run }: SyncedRun, target: SyncTarget, report: SendReport): Promise<boolean> {
  if (report.run === undefined || report.error !== undefined || report.isExitSent) return false
  if (writerStateOf(run, Date.now()) === 'there') return false
  return markCrashed(report.run, {
    baseUrl: target.baseUrl,
    headers: authorizationOf(target),
    fetch,
    clock: systemClock,
    signal: AbortSignal.timeout(10_000),
  })
}

function openSender(
  { run, place }: SyncedRun,
  follow: boolean,
  signals: readonly AbortSignal[],
  { target, stagedDirectories, artifactTurn, onReport }: SendRunOptions,
  patience: Patience,
): Sender {
  const { baseUrl, apiKey, stateKey, ignoreGlobs, overrides } = target
  return createSender({
    runDirectory: run.directory,
    journalPath: run.journalPath,
    target: { baseUrl, ignoreGlobs, fetch: patience.fetch, ...overrides, ...(apiKey !== undefined && { apiKey }) },
    follow,
    retriesFailed: true,
    stateDirectory: place.directory,
    stateKey,
    stagedDirectories,
    ...(artifactTurn !== undefined && { artifactTurn }),
    signal: AbortSignal.any([...signals]),
    onProgress(progress) {
      patience.note(progress)
      if (progress.kind === 'sent' || progress.kind === 'uploading') onReport(progress.report)
    },
  })
}

async function runAndClose(sender: Sender): Promise<SendReport> {
  const report = await sender.run()
  await sender.close()
  return report
}

/** A receipt that cannot be kept was still printed. */
async function keepReceipt({ place }: SyncedRun, { stateKey }: SyncTarget, receipt: SyncReceipt): Promise<void> {
  if (receipt.status === 'failed' || receipt.status === 'empty') return
  const { directory: _directory, error: _error, failures, url = null, digest, ...facts } = receipt
  // Whoever has removed the run does not want its folder back.
  if (digest === undefined) return
  const kept = { ...facts, digest, url, failures: failures.map(({ kind, name, message }) => ({ kind, name, message })) }
  await writeSyncReceipt(place.directory, stateKey, { ...kept, problems: { ...facts.problems } }).catch(() => {})
}
