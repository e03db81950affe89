import {
  encodeRecord,
  type HistoryEncoder,
  type HistoryItem,
  type NumericRow,
  type WandbRecordBody,
} from '@lossline/protocol'
import { isTooLarge } from './history-items.ts'

/** Where the engine's records go. */
export interface RecordSink {
  /** Appends a serialized record: the first `length` bytes of `payload`, which the engine uses again afterwards. */
  appendRecord(payload: Uint8Array, length: number, isRow: boolean): void
  /** Whether a row may be written now; false = there is no room for it and it has to be counted as dropped. */
  canTakeRow(): boolean
  /** Counts a row that could not be kept. */
  dropRow(reason: 'no-room' | 'too-large'): void
}

/** A row of numbers that is filled in anew for each row. */
export type ReusedRow = { -readonly [Field in keyof NumericRow]: NumericRow[Field] }

/** The records of a journal, numbered and counted on their way into the sink. */
export interface RecordLog {
  readonly recordCount: number
  readonly rowCount: number
  /** Files and artifacts that the records name. */
  readonly fileCount: number
  readonly artifactCount: number
  append(body: WandbRecordBody): void
  /** Appends a row, or counts it as dropped. */
  appendRow(item: readonly HistoryItem[], step: number): void
  /** The same for numbers. The number of the record is filled in. */
  appendNumbers(encoder: HistoryEncoder, row: ReusedRow): void
  /** Counts a record that is in the journal already. */
  count(body: WandbRecordBody): void
}

/** @param earlierCount - Number of records already in the journal. */
export function createRecordLog(sink: RecordSink, earlierCount: number): RecordLog {
  let scratch = new Uint8Array(16_384)
  let recordCount = earlierCount
  let rowCount = 0
  let fileCount = 0
  let artifactCount = 0

  function countContent(body: WandbRecordBody): void {
    if (body.kind === 'files') fileCount += body.files.files?.length ?? 0
    else if (body.kind === 'artifact') artifactCount += 1
  }

  function append(body: WandbRecordBody, isRow: boolean): void {
    recordCount += 1
    countContent(body)
    const payload = encodeRecord({ ...body, num: recordCount })
    sink.appendRecord(payload, payload.length, isRow)
  }

  return {
    get recordCount() {
      return recordCount
    },
    get rowCount() {
      return rowCount
    },
    get fileCount() {
      return fileCount
    },
    get artifactCount() {
      return artifactCount
    },
    append: (body) => append(body, false),
    appendRow(item, step) {
      if (isTooLarge(item)) sink.dropRow('too-large')
      else if (!sink.canTakeRow()) sink.dropRow('no-room')
      else {
        rowCount += 1
        append({ kind: 'history', history: { item, step: { num: step } } }, true)
      }
    },
    appendNumbers(encoder, row) {
      if (!sink.canTakeRow()) {
        sink.dropRow('no-room')
        return
      }
      if (scratch.length < encoder.bytesMax) scratch = new Uint8Array(encoder.bytesMax)
      recordCount += 1
      rowCount += 1
      row.num = recordCount
      sink.appendRecord(scratch, encoder.encodeInto(scratch, 0, row), true)
    },
    count(body) {
      recordCount += 1
      if (body.kind === 'history') rowCount += 1
      else countContent(body)
    },
  }
}
