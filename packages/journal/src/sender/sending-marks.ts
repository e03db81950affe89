import type { RunState } from '@lossline/protocol'
import type { SyncState } from './sync-state.ts'

/** How far a journal has been read, put into requests, and acknowledged by the server. */
export interface SendingMarks {
  /** Offset in the journal behind what was read. */
  readonly readOffset: number
  readonly acknowledgedOffset: number
  readonly acknowledgedRowCount: number
  readonly acknowledgedRecordCount: number
  readonly isExitQueued: boolean
  readonly isExitSent: boolean
  /** Takes over what an earlier sender has reached. */
  restore(sync: SyncState): void
  /** Whether what ends there was acknowledged before. */
  wasSent(endOffset: number): boolean
  /** A record was read, and the state has taken it in. */
  noteRecord(endOffset: number): void
  /** Bytes that hold no record were passed over. */
  skipTo(offset: number): void
  /** All that was read is in requests now; with `isExit`, the run's end too. */
  queue(isExit: boolean): void
  /**
   * All requests were acknowledged.
   *
   * @returns whether that is news for `sync.json`.
   */
  acknowledge(): boolean
}

/** Begins at the start of a journal. */
export function createSendingMarks(state: RunState): SendingMarks {
  const read = { offset: 0, recordCount: 0 }
  let queued = { offset: 0, rowCount: 0, recordCount: 0 }
  const acknowledged = { offset: 0, rowCount: 0, recordCount: 0 }
  let isExitQueued = false
  let isExitSent = false

  return {
    get readOffset() {
      return read.offset
    },
    get acknowledgedOffset() {
      return acknowledged.offset
    },
    get acknowledgedRowCount() {
      return acknowledged.rowCount
    },
    get acknowledgedRecordCount() {
      return acknowledged.recordCount
    },
    get isExitQueued() {
      return isExitQueued
    },
    get isExitSent() {
      return isExitSent
    },
    restore(sync) {
      acknowledged.offset = sync.journalOffset
      isExitSent = sync.isExitSent
      isExitQueued = sync.isExitSent
    },
    wasSent: (endOffset) => endOffset <= acknowledged.offset,
    noteRecord(endOffset) {
      read.recordCount += 1
      read.offset = endOffset
      if (endOffset > acknowledged.offset) return
      acknowledged.rowCount = state.historyRowCount
      acknowledged.recordCount = read.recordCount
    },
    skipTo(offset) {
      read.offset = Math.max(read.offset, offset)
    },
    queue(isExit) {
      if (isExit) isExitQueued = true
      queued = { offset: read.offset, rowCount: state.historyRowCount, recordCount: read.recordCount }
    },
    acknowledge() {
      const isNews = queued.offset > acknowledged.offset || isExitQueued !== isExitSent
      acknowledged.offset = Math.max(acknowledged.offset, queued.offset)
      acknowledged.rowCount = Math.max(acknowledged.rowCount, queued.rowCount)
      acknowledged.recordCount = Math.max(acknowledged.recordCount, queued.recordCount)
      isExitSent = isExitQueued
      return isNews
    },
  }
}
