import type { RunState } from '@lossline/protocol'
import type { AlertQueue } from './alert-queue.ts'
import type { RunAnnouncement } from './run-announcement.ts'
import type { SendError } from './send-error.ts'
import type { SendProblems } from './send-problems.ts'
import type { SendReport } from './sender-types.ts'
import type { SendingMarks } from './sending-marks.ts'
import type { StreamQueue } from './stream-queue.ts'
import type { SummarySending } from './summary-sending.ts'
import type { SyncState } from './sync-state.ts'
import type { RunUploads } from './uploads/run-uploads.ts'
import { toUnsentWork, type UnsentWork } from './uploads/unsent.ts'

/** The parts of a sending that know how far it has come. */
export interface SendingParts {
  readonly state: RunState
  readonly marks: SendingMarks
  readonly stream: StreamQueue
  readonly alerts: AlertQueue
  readonly summary: SummarySending
  readonly announcement: RunAnnouncement
  readonly problems: SendProblems
}

/** What the server does not have yet, as far as the journal was read. */
export function unsentOf({ state, marks }: SendingParts, uploads: RunUploads | undefined): UnsentWork {
  const rowCount = Math.max(0, state.historyRowCount - marks.acknowledgedRowCount)
  return toUnsentWork(rowCount, uploads?.unsentFiles ?? [], uploads?.unsentArtifacts ?? [])
}

/** How far the run has been sent. */
export function toSendReport(parts: SendingParts, uploads: RunUploads | undefined, error?: SendError): SendReport {
  const { state, marks, stream, announcement, problems } = parts
  return {
    run: announcement.address,
    acknowledgedOffset: marks.acknowledgedOffset,
    requestCount: stream.requestCount,
    recordCount: marks.acknowledgedRecordCount,
    historyRowCount: marks.acknowledgedRowCount,
    isExitSent: marks.isExitSent,
    // Of a journal without a run, nothing can be sent.
    hasMore: state.run !== undefined && hasMore(parts, uploads),
    isStopRequested: stream.isStopRequested,
    unsent: unsentOf(parts, uploads),
    uploaded: uploads?.counts ?? { fileCount: 0, artifactCount: 0, bytes: 0 },
    problems: problems.counts,
    failures: problems.failures,
    ...(error === undefined ? {} : { error }),
  }
}

function hasMore({ state, marks, alerts, summary }: SendingParts, uploads: RunUploads | undefined): boolean {
  return (
    uploads?.isIdle === false || !alerts.isIdle || summary.isWaiting || (state.exit !== undefined && !marks.isExitSent)
  )
}

/** What the next sender has to know. */
export function toSyncState({ marks, announcement }: SendingParts, uploads: RunUploads): SyncState {
  const { address, starts } = announcement
  return {
    journalOffset: marks.acknowledgedOffset,
    historyStart: starts?.history ?? 0,
    eventsStart: starts?.events ?? 0,
    consoleStart: starts?.console ?? 0,
    isExitSent: marks.isExitSent,
    ...uploads.syncState,
    waitingCount: uploads.unsentFiles.length + uploads.unsentArtifacts.length,
    entity: address?.entity ?? '',
    project: address?.project ?? '',
    displayName: address?.displayName ?? '',
  }
}
