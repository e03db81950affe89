import type { RunState } from '@lossline/protocol'
import type { JournalLines } from './journal-lines.ts'
import { findLineStarts, type LineStarts, noStarts } from './line-starts.ts'
import type { RunAddress } from './run-api.ts'
import { SendError } from './send-error.ts'
import type { ServerSession } from './server-session.ts'
import type { SyncSaving } from './sync-saving.ts'
import type { SyncState } from './sync-state.ts'

/** What a run is to the server before its lines come: its address, what is said about it, where its lines begin. */
export interface RunAnnouncement {
  /** Where the run is, also by what an earlier sender has noted. */
  readonly address: RunAddress | undefined
  /** Where the journal's lines begin among those of the run; undefined before the first announcement. */
  readonly starts: LineStarts | undefined
  /** Takes over what an earlier sender has learnt. */
  restore(sync: SyncState, runId: string): void
  /**
   * Announces the run, or tells what has changed of it since.
   *
   * @returns undefined while there is nothing to announce.
   * @throws SendError `state-unwritable` where sending again from the start would add lines twice.
   */
  announce(): Promise<RunAddress | undefined>
}

export interface CreateRunAnnouncementOptions {
  readonly session: ServerSession
  readonly lines: JournalLines
  readonly state: RunState
  readonly journalPath: string
  /** Folder of `sync.json`, for words about it. */
  readonly stateDirectory: string
  readonly syncSaving: SyncSaving
  /** Told once, when the server knows the run. */
  onAnnounced(run: RunAddress): void
}

export function createRunAnnouncement(options: CreateRunAnnouncementOptions): RunAnnouncement {
  const { session, lines, state, journalPath, stateDirectory, syncSaving } = options
  let address: RunAddress | undefined
  let starts: LineStarts | undefined
  let isAnnounced = false

  /** Notes where our lines begin before there are any: afterwards, the server would count them among those before. */
  async function begin(): Promise<void> {
    const found = await findLineStarts(state, session, journalPath)
    starts = found
    const failure = await syncSaving.save()
    if (failure === undefined || found === noStarts) return
    starts = undefined
    throw unwritable(stateDirectory, failure.cause)
  }

  return {
    get address() {
      return address
    },
    get starts() {
      return starts
    },
    restore({ historyStart, eventsStart, consoleStart, entity, project, displayName }, runId) {
      starts = { history: historyStart, events: eventsStart, console: consoleStart }
      address = { entity, project, runId, displayName }
    },
    async announce() {
      if (lines.writer !== undefined) session.setWriter(lines.writer)
      if (starts === undefined) await session.rewind(state)
      await session.update(state)
      if (session.address === undefined) return undefined
      if (!isAnnounced) options.onAnnounced(session.address)
      isAnnounced = true
      address = session.address
      if (starts === undefined) await begin()
      return address
    },
  }
}

function unwritable(directory: string, cause: unknown): SendError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new SendError({
    code: 'state-unwritable',
    message: `The run goes on from lines that the server has, and where its own begin cannot be noted in ${directory}: ${reason}`,
    hint: 'Free space or make the folder writable, and run lossline sync.',
    cause,
  })
}
