import { createSender, type SendProgress, type SendReport } from '@lossline/journal'
import type { RunFolder } from '../run-folders.ts'
import type { SyncTarget } from './sync-target.ts'

/** What became of one run. */
export interface SyncReceipt {
  readonly runId: string
  readonly directory: string
  readonly status: 'sent' | 'failed'
  /** Rows that the server has now. */
  readonly historyRowCount: number
  /** Whether the server knows how the run ended. False for one that goes on, or whose process was killed. */
  readonly isFinished: boolean
  readonly url: string | undefined
  /** Lines, bytes or files that could not be sent, by reason. */
  readonly problems: SendReport['problems']
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string | undefined }
}

export interface SendRunOptions {
  readonly target: SyncTarget
  /** Gives up on a server that has been away for this long. */
  readonly patienceMs: number
  readonly stop: AbortSignal
  /** Called when the server does not answer and before another attempt. */
  onWaiting(message: string): void
}

/** Sends what a server lacks of a run. Never rejects. */
export async function sendRun(run: RunFolder, options: SendRunOptions): Promise<SyncReceipt> {
  const { target, patienceMs, stop, onWaiting } = options
  const patience = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let lastTrouble: string | undefined
  const onProgress = (progress: SendProgress): void => {
    if (progress.kind === 'waiting') {
      timer ??= setTimeout(() => patience.abort(), patienceMs)
      if (lastTrouble !== progress.error.message) onWaiting(progress.error.message)
      lastTrouble = progress.error.message
    } else if (progress.kind === 'sent') {
      clearTimeout(timer)
      timer = undefined
      lastTrouble = undefined
    }
  }
  const sender = createSender({
    runDirectory: run.directory,
    journalPath: run.journalPath,
    target: { baseUrl: target.baseUrl, ...(target.apiKey !== undefined && { apiKey: target.apiKey }) },
    follow: false,
    signal: AbortSignal.any([stop, patience.signal]),
    onProgress,
  })
  const report = await sender.run()
  await sender.close()
  clearTimeout(timer)
  return toReceipt(run, target, report, patience.signal.aborted ? lastTrouble : undefined)
}

function toReceipt(run: RunFolder, target: SyncTarget, report: SendReport, trouble: string | undefined): SyncReceipt {
  const { error, historyRowCount, problems } = report
  const receipt = {
    runId: run.runId,
    directory: run.directory,
    historyRowCount,
    isFinished: report.isExitSent,
    url: toRunUrl(target, report.run),
    problems,
  }
  if (error === undefined) return { ...receipt, status: 'sent' }
  const message = trouble ?? error.message
  return { ...receipt, status: 'failed', error: { code: error.code, message, hint: error.hint } }
}

function toRunUrl({ baseUrl }: SyncTarget, run: SendReport['run']): string | undefined {
  if (run === undefined) return undefined
  // W&B serves its pages under another host than its API.
  const pageUrl = baseUrl === 'https://api.wandb.ai' ? 'https://wandb.ai' : baseUrl
  const [entity, project, runId] = [run.entity, run.project, run.runId].map(encodeURIComponent)
  return `${pageUrl}/${entity}/${project}/runs/${runId}`
}
