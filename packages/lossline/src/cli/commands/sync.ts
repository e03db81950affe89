import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { readBranchParent, runProcessLiveness } from '@lossline/journal'
import { toByteText } from '../byte-text.ts'
import { chooseDataDirectory } from '../data-directory.ts'
import type { Effects } from '../effects.ts'
import { CliError } from '../errors.ts'
import { exitCodes } from '../exit-codes.ts'
import { findRunFolders, type RunFolder, runFoldersOf } from '../run-folders.ts'
import { type CleanReport, cleanRun } from '../sync/clean-run.ts'
import { forEachRun } from '../sync/for-each-run.ts'
import { parentsFirst, type RunGroup } from '../sync/order-groups.ts'
import { createProgressLine } from '../sync/progress-line.ts'
import { countOf, describeReceipt, type SyncReceipt } from '../sync/receipt.ts'
import { sendRun } from '../sync/send-run.ts'
import { type SyncTarget, syncTargetOrThrow } from '../sync/sync-target.ts'
import { isUnsent, readSyncedRuns, type SyncedRun } from '../sync/synced-runs.ts'
import { silenceMaxMs } from '../sync/writer-watch.ts'

/** Arguments of `lossline sync`. */
export interface SyncArgs {
  /** Journals, run folders, folders of run folders or data folders. Default: the runs of the data folder. */
  readonly dirs: readonly string[]
  readonly dataDir?: string
  readonly baseUrl?: string
  readonly apiKey?: string
  /** Where runs go, instead of where their journals say. */
  readonly entity?: string
  readonly project?: string
  /** Id on the server; for one run only. */
  readonly id?: string
  /** Patterns of folder names: only these. */
  readonly include?: readonly string[]
  /** Patterns of folder names: not these. */
  readonly exclude?: readonly string[]
  /** Folders with staged files of artifacts, for folders that were moved from another machine. */
  readonly staging?: readonly string[]
  /** Only says what would be sent, and with `clean` removed. */
  readonly dryRun?: boolean
  /** Removes run folders that the server has wholly. */
  readonly clean?: boolean
  /** Goes on while runs grow. */
  readonly follow?: boolean
  /** Runs sent at a time. Default: 4; with `follow` 64. */
  readonly jobs?: number
  /** Seconds to wait for a server that does not answer. Default: 60. */
  readonly timeout?: number
  readonly json?: boolean
}

const jobsDefault = 4
// Followed runs mostly wait.
const followedJobsDefault = 64
// Thousands of runs must not each wait for a server that was away for one of them.
const quickPatienceMaxMs = 1_000
const rescanIntervalMs = 2_000
// How long a fork waits for the run that it goes on from.
const parentWaitMaxMs = 60_000

/**
 * Sends runs to a server, each from where the last sending to it stopped, and prints a receipt for each.
 *
 * @throws CliError `sync-target-missing`, `run-folder-not-found`, `sync-options`.
 */
export async function sync(args: SyncArgs, effects: Effects): Promise<number> {
  const target = syncTargetOrThrow(args)
  const found = findFolders(args)
  if (args.id !== undefined && found.length > 1) {
    throw new CliError({
      code: 'sync-options',
      message: `--id names one run, and ${found.length} were found.`,
      hint: 'Name the folder of that run.',
    })
  }
  if (args.dryRun === true) return printPlan(found, target, args, effects)

  const receipts = await sendRuns(found, target, args, effects)
  const cleaned = args.clean === true ? await cleanRuns(target, args, effects) : []
  if (effects.stop.aborted) return exitCodes.interrupted
  if (args.json !== true) effects.print(describeEnd(receipts, cleaned, found.length, target))
  const isAllSent = receipts.every(({ status }) => status === 'sent' || status === 'empty')
  return isAllSent ? exitCodes.success : exitCodes.failure
}

function findFolders(args: SyncArgs): RunFolder[] {
  const folders = args.dirs.length > 0 ? findRunFolders(args.dirs) : runFoldersOf(chooseDataDirectory(args.dataDir))
  const include = (args.include ?? []).map(toNameExpression)
  const exclude = (args.exclude ?? []).map(toNameExpression)
  return folders.filter(({ directory }) => {
    const name = basename(directory)
    const isIncluded = include.length === 0 || include.some((expression) => expression.test(name))
    return isIncluded && !exclude.some((expression) => expression.test(name))
  })
}

/** `*` and `?` of a shell, which a shell did not see to. */
function toNameExpression(glob: string): RegExp {
  const source = glob
    .replace(/[\\^$.|+(){}[\]]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's')
}

async function sendRuns(
  found: readonly RunFolder[],
  target: SyncTarget,
  args: SyncArgs,
  effects: Effects,
): Promise<SyncReceipt[]> {
  const receipts: SyncReceipt[] = []
  let runningCount = 0
  let isServerAway = false
  const onTheirWay = new Map<string, Promise<void>>()
  let earlierRuns = Promise.resolve()
  const waiting = await findWaiting(found, target, args)
  const progress = createProgressLine(waiting.length)

  async function send(synced: SyncedRun, earlier: Promise<void>): Promise<void> {
    if (effects.stop.aborted) return
    const { runId, directory } = synced.run
    runningCount += 1
    const patienceMs = (args.timeout ?? 60) * 1000
    const receipt = await sendRun(synced, {
      target,
      patienceMs: isServerAway ? Math.min(patienceMs / 10, quickPatienceMaxMs) : patienceMs,
      onGivenUp() {
        if (!isServerAway) effects.note(`lossline: ${target.baseUrl} is away: further runs are tried only briefly.`)
        isServerAway = true
      },
      follow: args.follow ?? false,
      stagedDirectories: args.staging ?? [],
      // Versions are numbered in the order in which runs began. Runs that go on are not waited for.
      artifactTurn: args.follow === true ? undefined : () => earlier,
      stop: effects.stop,
      onWaiting: ({ message, remedy }) => {
        effects.note(`lossline: ${target.baseUrl} does not take run ${runId} yet (${message}); trying again.`)
        if (remedy !== undefined) effects.note(`  ${remedy}`)
      },
      onSilence: () =>
        effects.note(
          `lossline: run ${runId} has written nothing for ${silenceMaxMs / 60_000} minutes, and its process cannot be seen from here: it is not followed any more. Sync again if it goes on.`,
        ),
      onReport(report) {
        progress.note(directory, report)
        effects.showProgress(progress.text)
      },
    })
    runningCount -= 1
    if (receipt.status !== 'failed') isServerAway = false
    progress.end(directory)
    effects.showProgress(undefined)
    receipts.push(receipt)
    if (args.json === true) effects.print(JSON.stringify(receipt))
    else for (const line of describeReceipt(receipt)) effects.print(line)
  }

  /** Several journals of one run go on where the one before ended, so they are sent in their order. */
  async function sendGroup({ runId, parentId, items }: RunGroup<SyncedRun>): Promise<void> {
    const work = sendInOrder(items, parentId === undefined ? undefined : onTheirWay.get(parentId), earlierRuns)
    onTheirWay.set(runId, work)
    earlierRuns = Promise.allSettled([earlierRuns, work]).then(() => {})
    await work
  }

  async function sendInOrder(
    items: readonly SyncedRun[],
    parent: Promise<void> | undefined,
    earlier: Promise<void>,
  ): Promise<void> {
    // A parent that is followed may go on for days; the rows before the fork are there long before.
    if (parent !== undefined) {
      const waited = new AbortController()
      const limit = delay(parentWaitMaxMs, undefined, { signal: AbortSignal.any([effects.stop, waited.signal]) })
      await Promise.race([parent, limit.catch(() => {})])
      waited.abort()
    }
    for (const synced of items) await send(synced, earlier)
  }

  async function* discover(): AsyncGenerator<RunGroup<SyncedRun>> {
    yield* await groupByRun(waiting)
    const known = new Set(found.map(({ journalPath }) => journalPath))
    while (args.follow === true && runningCount > 0 && !effects.stop.aborted) {
      // Interrupted: whoever waits for the runs sees to it.
      await delay(rescanIntervalMs, undefined, { signal: effects.stop }).catch(() => {})
      const fresh = findFolders(args).filter(({ journalPath }) => !known.has(journalPath))
      for (const { journalPath } of fresh) known.add(journalPath)
      yield* await groupByRun(await findWaiting(fresh, target, args))
    }
  }

  const jobs = args.jobs ?? (args.follow === true ? followedJobsDefault : jobsDefault)
  await forEachRun(discover(), jobs, sendGroup)
  return receipts
}

/** The runs by their ids, each fork behind the run that it goes on from. */
async function groupByRun(runs: readonly SyncedRun[]): Promise<RunGroup<SyncedRun>[]> {
  const groups = new Map<string, SyncedRun[]>()
  for (const synced of runs) groups.set(synced.run.runId, [...(groups.get(synced.run.runId) ?? []), synced])
  const withParents: RunGroup<SyncedRun>[] = []
  // One after the other: there may be thousands, and each is an open file.
  for (const [runId, items] of groups) {
    const [first] = items
    const parentId = first === undefined ? undefined : await readBranchParent(first.run.journalPath)
    withParents.push({ runId, parentId, items })
  }
  return parentsFirst(withParents)
}

/** The runs of which the server lacks something, or with `follow` may come to lack something. */
async function findWaiting(folders: readonly RunFolder[], target: SyncTarget, args: SyncArgs): Promise<SyncedRun[]> {
  const waiting: SyncedRun[] = []
  for await (const synced of readSyncedRuns(folders, target)) {
    const mayGrow = args.follow === true && synced.state?.isExitSent !== true
    if (isUnsent(synced) || (mayGrow && runProcessLiveness(synced.run.directory) === 'alive')) waiting.push(synced)
  }
  return waiting
}

async function cleanRuns(target: SyncTarget, args: SyncArgs, effects: Effects): Promise<CleanReport[]> {
  const reports: CleanReport[] = []
  for await (const synced of readSyncedRuns(findFolders(args), target)) {
    if (effects.stop.aborted) break
    const report = await cleanRun(synced, target, {
      isDryRun: args.dryRun === true,
      signal: AbortSignal.any([effects.stop, AbortSignal.timeout((args.timeout ?? 60) * 1000)]),
    })
    reports.push(report)
    if (args.json === true) effects.print(JSON.stringify(report))
    else effects.print(describeCleaning(report))
  }
  return reports
}

function describeCleaning({ runId, directory, status, reasons }: CleanReport): string {
  if (status === 'kept') return `${runId}: kept: ${reasons.slice(0, 3).join('; ')} (${directory})`
  return `${runId}: ${status === 'removed' ? 'removed' : 'would be removed:'} ${directory}`
}

async function printPlan(
  found: readonly RunFolder[],
  target: SyncTarget,
  args: SyncArgs,
  effects: Effects,
): Promise<number> {
  const waiting = await findWaiting(found, target, args)
  for (const { run, unsentBytes, unsentUploadCount } of waiting) {
    const { runId, directory } = run
    const facts = { runId, directory, status: 'waiting', unsentBytes, unsentUploadCount }
    const uploads =
      unsentUploadCount === 0
        ? ''
        : ` and ${unsentUploadCount === 1 ? 'a file or artifact' : `${unsentUploadCount} files or artifacts`}`
    if (args.json === true) effects.print(JSON.stringify(facts))
    else effects.print(`${runId}: ${toByteText(unsentBytes)}${uploads} to send (${directory})`)
  }
  if (args.clean === true) await cleanRuns(target, args, effects)
  if (args.json !== true) {
    effects.print(
      `${waiting.length} of ${countOf(found.length, 'run')} would be sent to ${target.baseUrl}. Nothing was sent.`,
    )
  }
  return exitCodes.success
}

function describeEnd(
  receipts: readonly SyncReceipt[],
  cleaned: readonly CleanReport[],
  folderCount: number,
  { baseUrl }: SyncTarget,
): string {
  const removedCount = cleaned.filter(({ status }) => status === 'removed').length
  const removed = cleaned.length === 0 ? '' : ` Removed ${removedCount} of ${countOf(cleaned.length, 'run folder')}.`
  if (folderCount === 0) return 'There are no runs here.'
  if (receipts.length === 0)
    return `${baseUrl} has ${folderCount === 1 ? 'the run' : `all ${folderCount} runs`} already.${removed}`
  const counts = { sent: 0, incomplete: 0, empty: 0, failed: 0 }
  for (const { status } of receipts) counts[status] += 1
  const rest = [
    ...(counts.incomplete > 0 ? [`${counts.incomplete} not wholly`] : []),
    ...(counts.empty > 0 ? [`${counts.empty} had nothing to send`] : []),
    ...(counts.failed > 0 ? [`${counts.failed} failed and can be sent again`] : []),
  ]
  const sentCount = counts.sent + counts.incomplete
  return `Sent ${sentCount} of ${countOf(receipts.length, 'run')} to ${baseUrl}${rest.map((part) => `; ${part}`).join('')}.${removed}`
}
