import { chooseDataDirectory } from '../data-directory.ts'
import type { Effects } from '../effects.ts'
import { exitCodes } from '../exit-codes.ts'
import { findRunFolders, type RunFolder, runFoldersOf } from '../run-folders.ts'
import { type SyncReceipt, sendRun } from '../sync/send-run.ts'
import { type SyncTarget, syncTargetOrThrow } from '../sync/sync-target.ts'
import { countUnsentBytes } from '../sync/unsent-records.ts'

/** Arguments of `lossline sync`. */
export interface SyncArgs {
  /** Journals, run folders, folders of run folders or data folders. Default: the runs of the data folder. */
  readonly dirs: readonly string[]
  readonly dataDir?: string
  readonly baseUrl?: string
  readonly apiKey?: string
  /** Only says what would be sent. */
  readonly dryRun?: boolean
  /** Seconds to wait for a server that does not answer. Default: 60. */
  readonly timeout?: number
  readonly json?: boolean
}

/**
 * Sends runs to a server, each from where the last sending to it stopped, and prints a receipt for each.
 *
 * @throws CliError `sync-target-missing`, `run-folder-not-found`.
 */
export async function sync(args: SyncArgs, effects: Effects): Promise<number> {
  const target = syncTargetOrThrow(args)
  const folders = args.dirs.length > 0 ? findRunFolders(args.dirs) : runFoldersOf(chooseDataDirectory(args.dataDir))
  const waiting: { run: RunFolder; unsentBytes: number }[] = []
  for (const run of folders) {
    const unsentBytes = await countUnsentBytes(run, target.baseUrl)
    if (unsentBytes > 0) waiting.push({ run, unsentBytes })
  }
  if (args.dryRun === true) return printPlan(waiting, folders.length, target, args, effects)

  const receipts: SyncReceipt[] = []
  for (const { run } of waiting) {
    if (effects.stop.aborted) break
    const receipt = await sendRun(run, {
      target,
      patienceMs: (args.timeout ?? 60) * 1000,
      stop: effects.stop,
      onWaiting: (message) =>
        effects.note(`lossline: ${target.baseUrl} does not take run ${run.runId} yet (${message}); trying again.`),
    })
    receipts.push(receipt)
    effects.print(args.json === true ? JSON.stringify(receipt) : describeReceipt(receipt))
  }
  if (effects.stop.aborted) return exitCodes.interrupted
  const failedCount = receipts.filter(({ status }) => status === 'failed').length
  if (args.json !== true) effects.print(describeEnd(receipts.length, failedCount, folders.length, target))
  return failedCount > 0 ? exitCodes.failure : exitCodes.success
}

function printPlan(
  waiting: readonly { run: RunFolder; unsentBytes: number }[],
  folderCount: number,
  target: SyncTarget,
  args: SyncArgs,
  effects: Effects,
): number {
  for (const { run, unsentBytes } of waiting) {
    const { runId, directory } = run
    if (args.json === true) effects.print(JSON.stringify({ runId, directory, status: 'waiting', unsentBytes }))
    else effects.print(`${runId}: ${formatBytes(unsentBytes)} to send (${directory})`)
  }
  if (args.json !== true) {
    effects.print(`${waiting.length} of ${folderCount} runs would be sent to ${target.baseUrl}. Nothing was sent.`)
  }
  return exitCodes.success
}

function describeReceipt({ runId, status, historyRowCount, isFinished, url, problems, error }: SyncReceipt): string {
  if (status === 'failed') return `${runId}: not sent: ${error?.message}${error?.hint ? ` ${error.hint}` : ''}`
  const lost = Object.entries(problems).map(([reason, count]) => `, ${count} left out (${reason})`)
  const end = isFinished ? '' : ', the run has no end yet'
  return `${runId}: ${historyRowCount.toLocaleString('en')} rows${end}${lost.join('')}${url === undefined ? '' : `, ${url}`}`
}

function describeEnd(sentCount: number, failedCount: number, folderCount: number, { baseUrl }: SyncTarget): string {
  if (folderCount === 0) return 'There are no runs here.'
  if (sentCount === 0) return `${baseUrl} has all ${folderCount} runs already.`
  const failed = failedCount === 0 ? '' : `; ${failedCount} failed and can be sent again`
  return `Sent ${sentCount - failedCount} of ${sentCount} runs to ${baseUrl}${failed}.`
}

function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
