import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type AlertQueue, createAlertQueue } from './alert-queue.ts'
import type { SenderClock } from './clock.ts'
import { createDueFiles } from './due-files.ts'
import { generateRunFile } from './generated-files.ts'
import { createJournalLines } from './journal-lines.ts'
import { withLineStarts } from './line-starts.ts'
import { readJournalLines } from './read-journal-lines.ts'
import { createRunAnnouncement } from './run-announcement.ts'
import { markRunFilesUploaded } from './run-api.ts'
import type { SendError } from './send-error.ts'
import { createSendProblems } from './send-problems.ts'
import { toGraphqlOptions } from './send-target.ts'
import type { SenderOptions, SendReport } from './sender-types.ts'
import { createSendingMarks, type SendingMarks } from './sending-marks.ts'
import { toSendReport, toSyncState, unsentOf } from './sending-progress.ts'
import { createSendingUploads } from './sending-uploads.ts'
import { createServerSession } from './server-session.ts'
import { createStreamQueue, type StreamQueue } from './stream-queue.ts'
import { createSummarySending } from './summary-sending.ts'
import { createSyncSaving } from './sync-saving.ts'
import { hasFailures, type SyncState } from './sync-state.ts'
import type { RunUploads } from './uploads/run-uploads.ts'
import type { UnsentWork } from './uploads/unsent.ts'

/** One run on its way to one server: what was read, what waits, what the server has. Calls do not overlap. */
export interface RunSending {
  readonly marks: SendingMarks
  readonly stream: StreamQueue
  readonly alerts: AlertQueue
  /** Whether only files and artifacts that had failed are left: the run has ended, and lines would make it go on. */
  readonly isRepair: boolean
  /** Whether the journal's run record was read; without it nothing can be sent. */
  readonly hasRun: boolean
  /** Whether the journal's exit record was read. */
  readonly isEndRead: boolean
  /** Takes over where an earlier sender was. Further calls do nothing. */
  open(): Promise<RunUploads>
  /** Takes in what the journal has, sending whenever enough has come together. */
  read(): Promise<void>
  /**
   * Sends all that waits. Whatever is interrupted is done by the next call.
   *
   * @param isOneOfMany - Further calls come soon: the summary may wait for one of them, for a second at most.
   */
  flush(isOneOfMany?: boolean): Promise<void>
  /** Writes `sync.json` if it does not say all. */
  saveIfChanged(): Promise<void>
  /** Resolves when no file, artifact or alert is on its way any more. */
  settled(): Promise<void>
  unsentNow(): UnsentWork
  toReport(error?: SendError): SendReport
}

export function createRunSending(options: SenderOptions, clock: SenderClock, signal: AbortSignal): RunSending {
  const { runDirectory, journalPath, target, stateDirectory = runDirectory } = options
  const graphql = toGraphqlOptions(options, clock, signal)
  const { entity, project, runId: targetRunId } = target
  const session = createServerSession({ graphql, entity, project, runId: targetRunId })
  const stateKey = options.stateKey ?? graphql.baseUrl
  const problems = createSendProblems()
  const lines = createJournalLines(
    () => session.isStructured,
    () => problems.count('too-large'),
  )
  const { state, batch } = lines
  const alerts = createAlertQueue(lines.alerts, (alert) => session.alert(alert))
  const marks = createSendingMarks(state)
  const syncSaving = createSyncSaving({ directory: stateDirectory, stateKey, clock, toState })
  const announcement = createRunAnnouncement({
    session,
    lines,
    state,
    journalPath,
    stateDirectory,
    syncSaving,
    onAnnounced: (run) => options.onProgress?.({ kind: 'announced', run }),
  })
  const summary = createSummarySending({ state, batch, clock, onLeftOut: problems.addLeftOut })
  const stream = createStreamQueue({
    session,
    clock,
    runDirectory,
    onAcknowledged() {
      noteAcknowledged()
      options.onProgress?.({ kind: 'sent', report: toReport() })
    },
    onStopRequested: () => options.onProgress?.({ kind: 'stop-requested' }),
  })
  const dueFiles = createDueFiles(clock)
  const uploading = createSendingUploads({
    sender: options,
    stateKey,
    graphql,
    clock,
    problems,
    textOf: (name) => generateRunFile(name, { state, journalPath, configJson: () => session.configJson(state) }),
    restore,
    onChange: syncSaving.noteChange,
    onFailure: syncSaving.noteFailure,
    onNews: () => options.onProgress?.({ kind: 'uploading', report: toReport() }),
  })
  const parts = { state, marks, stream, alerts, summary, announcement, problems }
  let isRepair = false
  let mayWait = false

  async function restore(sync: SyncState): Promise<void> {
    marks.restore(sync)
    announcement.restore(sync, targetRunId ?? basename(journalPath).replace(/^run-|\.wandb$/g, ''))
    const { size } = await stat(journalPath)
    // Work that waits after the end is what an earlier repair has left.
    const isWanted = sync.waitingCount > 0 || (hasFailures(sync) && options.retriesFailed === true)
    isRepair = sync.isExitSent && sync.journalOffset >= size && isWanted
  }

  function noteAcknowledged(): void {
    if (marks.acknowledge()) syncSaving.noteChange()
  }

  /** Tells the server what it has to know of the run before its lines, and puts into requests what waits. */
  async function prepare(): Promise<void> {
    // Without its run record there is nothing that a server could be told.
    if (state.run === undefined) return
    const uploads = await uploading.open()
    if (isRepair) return repair(uploads)
    const address = await announcement.announce()
    if (address === undefined) return
    uploads.start(address)
    await stream.post()
    await queueWaiting(uploads)
  }

  async function queueWaiting(uploads: RunUploads): Promise<void> {
    summary.queue(mayWait && state.exit === undefined)
    batch.setConsole(lines.console.takeChanges())
    await dueFiles.addDue(uploads, state.exit !== undefined, marks.isExitQueued)
    batch.addUploaded(uploads.takeUploadedFiles())
    // A run that has ended on the server takes nothing more, so its end waits for what belongs to it.
    const isEnd = state.exit !== undefined && !marks.isExitQueued && uploads.isIdle
    if (isEnd && !state.exit?.notComplete) batch.setExit(state.exit?.exitCode ?? 0)
    marks.queue(isEnd)
    if (batch.isEmpty) noteAcknowledged()
    else stream.push(batch.take().map((request) => withLineStarts(request, announcement.starts)))
  }

  /** Sends what had failed of a run that has ended. */
  async function repair(uploads: RunUploads): Promise<void> {
    const { address } = announcement
    if (address === undefined) return
    dueFiles.addLast(uploads)
    uploads.start(address)
    const names = uploads.takeUploadedFiles()
    if (names.length > 0 && (await session.hasFeature('MARK_RUN_FILES_UPLOADED'))) {
      await markRunFilesUploaded(address, names, graphql)
    }
  }

  async function post(): Promise<void> {
    await stream.post()
    if (marks.isExitSent) await syncSaving.saveIfChanged()
    else await syncSaving.saveIfDue()
  }

  function toState(): SyncState | undefined {
    return uploading.opened === undefined ? undefined : toSyncState(parts, uploading.opened)
  }

  function toReport(error?: SendError): SendReport {
    return toSendReport(parts, uploading.opened, error)
  }

  return {
    marks,
    stream,
    alerts,
    get isRepair() {
      return isRepair
    },
    get hasRun() {
      return state.run !== undefined
    },
    get isEndRead() {
      return state.exit !== undefined
    },
    open: uploading.open,
    async read() {
      const uploads = await uploading.open()
      const onDamage = () => problems.count('damaged')
      await readJournalLines({ journalPath, lines, marks, uploads, signal, onDamage, prepare, post })
    },
    async flush(isOneOfMany = false) {
      mayWait = isOneOfMany
      await prepare()
      mayWait = false
      await post()
      if (!isRepair && session.address !== undefined) alerts.deliver()
    },
    saveIfChanged: syncSaving.saveIfChanged,
    async settled() {
      await Promise.all([uploading.opened?.settled(), alerts.settled()])
    },
    unsentNow: () => unsentOf(parts, uploading.opened),
    toReport,
  }
}
