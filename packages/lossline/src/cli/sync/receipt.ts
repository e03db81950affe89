import { digestFile, readSyncState, type SendFailure, type SendReport } from '@lossline/journal'
import { joinHint } from '@lossline/protocol'
import type { SyncTarget } from './sync-target.ts'
import type { SyncedRun } from './synced-runs.ts'

/** What a server has of a run after sending it, and what became of the rest. */
export interface SyncReceipt {
  readonly runId: string
  readonly directory: string
  /** Base URL of the server. */
  readonly server: string
  /**
   * `sent`: the server has everything that is there. `incomplete`: all but what `problems` counts. `empty`: there is nothing
   * to send. `failed`: the server could not be reached or refused; what is missing can be sent later.
   */
  readonly status: 'sent' | 'incomplete' | 'empty' | 'failed'
  /** Whether the server knows how the run ended. False for one that goes on, or whose process was killed. */
  readonly isFinished: boolean
  /** True: its process is gone without an end, and the server was told so. */
  readonly isCrashed?: true
  /** Records of the journal that the server acknowledged; history rows are some of them. */
  readonly recordCount: number
  readonly historyRowCount: number
  readonly fileCount: number
  readonly artifactCount: number
  /** Bytes of the journal that the server acknowledged, from its beginning. */
  readonly journalBytes: number
  /** Bytes of files and artifacts that were uploaded this time. */
  readonly uploadedBytes: number
  /** `sha256:` and the SHA-256 of those bytes of the journal; undefined if it cannot be read any more. */
  readonly digest: string | undefined
  readonly url: string | undefined
  /** When the sending ended, ISO 8601. */
  readonly sentAt: string
  /** Lines, bytes, files or artifacts that could not be sent, by reason. */
  readonly problems: SendReport['problems']
  /** The files and artifacts among them. */
  readonly failures: readonly SendFailure[]
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string | undefined }
}

/** Makes the receipt of a run from the report of its sender. `trouble`: what the server answered until it was given up. */
export async function toReceipt(
  { run, place }: SyncedRun,
  target: SyncTarget,
  report: SendReport,
  trouble: string | undefined,
): Promise<SyncReceipt> {
  const { error, problems, failures } = report
  const state = await readSyncState(place.directory, target.stateKey).catch(() => undefined)
  const receipt = {
    runId: report.run?.runId ?? run.runId,
    directory: run.directory,
    server: target.baseUrl,
    isFinished: report.isExitSent,
    recordCount: report.recordCount,
    historyRowCount: report.historyRowCount,
    fileCount: state?.uploadedFiles.length ?? 0,
    artifactCount: Object.values(state?.artifacts ?? {}).filter((artifact) => artifact.state === 'saved').length,
    journalBytes: report.acknowledgedOffset,
    uploadedBytes: report.uploaded.bytes,
    digest: await digestOf(run.journalPath, report.acknowledgedOffset).then(
      (hex) => `sha256:${hex}`,
      () => undefined,
    ),
    url: toRunUrl(target, report.run),
    sentAt: new Date().toISOString(),
    problems,
    failures,
  }
  if (error !== undefined) {
    return {
      ...receipt,
      status: 'failed',
      error: { code: error.code, message: trouble ?? error.message, hint: error.hint },
    }
  }
  if (report.run === undefined) return { ...receipt, status: 'empty' }
  return { ...receipt, status: Object.keys(problems).length > 0 ? 'incomplete' : 'sent' }
}

/** SHA-256 of the first bytes of a file, hexadecimal. */
export async function digestOf(path: string, bytes: number): Promise<string> {
  return (await digestFile(path, 'sha256', { bytes })).toString('hex')
}

/** A receipt in a line, and a line for each file and artifact that was not taken. */
export function describeReceipt(receipt: SyncReceipt): string[] {
  const { runId, status, error } = receipt
  if (status === 'failed') return [`${runId}: not sent: ${joinHint(error?.message ?? '', error?.hint)}`]
  if (status === 'empty') {
    return [
      `${runId}: nothing to send: its journal has no run in it${describeProblems(receipt)} (${receipt.directory})`,
    ]
  }
  const facts = [
    countOf(receipt.historyRowCount, 'row'),
    ...(receipt.fileCount > 0 ? [countOf(receipt.fileCount, 'file')] : []),
    ...(receipt.artifactCount > 0 ? [countOf(receipt.artifactCount, 'artifact')] : []),
    ...(receipt.isFinished ? [] : [receipt.isCrashed ? 'its process is gone: crashed' : 'the run has no end yet']),
    ...(receipt.url === undefined ? [] : [receipt.url]),
  ]
  const proof = `${countOf(receipt.recordCount, 'record')}, ${receipt.journalBytes.toLocaleString('en')} bytes, ${receipt.digest ?? 'its journal is gone'}`
  return [
    `${runId}: ${facts.join(', ')}${describeProblems(receipt)}`,
    `  ${proof}`,
    ...receipt.failures.map(({ kind, name, message, hint }) => `  ${kind} "${name}": ${joinHint(message, hint)}`),
  ]
}

const problemTexts: Record<keyof SendReport['problems'], string> = {
  'too-large': 'above the size that servers take',
  damaged: 'damaged in the journal',
  file: 'files not taken',
  artifact: 'artifacts not saved',
}

function describeProblems({ problems }: SyncReceipt): string {
  // The table has all reasons as its keys.
  const entries = Object.entries(problems) as [keyof SendReport['problems'], number][]
  return entries.map(([reason, count]) => `, ${count} left out (${problemTexts[reason]})`).join('')
}

/** A count with its noun. */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}

function toRunUrl({ baseUrl }: SyncTarget, run: SendReport['run']): string | undefined {
  if (run === undefined) return undefined
  // W&B serves its pages under another host than its API.
  const pageUrl = baseUrl === 'https://api.wandb.ai' ? 'https://wandb.ai' : baseUrl
  const [entity, project, runId] = [run.entity, run.project, run.runId].map(encodeURIComponent)
  return `${pageUrl}/${entity}/${project}/runs/${runId}`
}
