import { type JournalEvent, openJournalReader } from '../reader/journal-reader.ts'
import { aborted } from './clock.ts'
import type { JournalLines } from './journal-lines.ts'
import type { SendingMarks } from './sending-marks.ts'
import type { RunUploads } from './uploads/run-uploads.ts'

export interface ReadJournalLinesOptions {
  readonly journalPath: string
  readonly lines: JournalLines
  readonly marks: SendingMarks
  readonly uploads: RunUploads
  readonly signal: AbortSignal
  /** Bytes that could not be read were passed over. */
  onDamage(): void
  /** Turns the full batch into requests. */
  prepare(): Promise<void>
  /** Sends them. Reading goes on meanwhile, until the batch is full again. */
  post(): Promise<void>
}

/**
 * Takes in what the journal has, sending whenever enough has come together. Nothing is on its way any more when it is over.
 *
 * @throws SendError, JournalError
 */
export async function readJournalLines(options: ReadJournalLinesOptions): Promise<void> {
  const { journalPath, lines, marks, signal } = options
  let posting: Promise<void> = Promise.resolve()
  try {
    for await (const events of openJournalReader(journalPath, { from: marks.readOffset }).batches()) {
      for (const event of events) {
        if (signal.aborted) throw aborted()
        takeEvent(event, options)
        if (!lines.batch.isFull) continue
        await posting
        await options.prepare()
        posting = options.post()
        // Whoever awaits it next learns of a failure.
        posting.catch(() => {})
      }
    }
  } finally {
    await posting
  }
}

function takeEvent(event: JournalEvent, { lines, marks, uploads, onDamage }: ReadJournalLinesOptions): void {
  if (event.kind === 'record') {
    const { record, offset, endOffset } = event
    if (record.kind === 'files') uploads.addFiles(record.files.files ?? [])
    if (record.kind === 'artifact') {
      uploads.addArtifact({ key: String(offset), record: record.artifact, nextStep: (lines.state.lastStep ?? -1) + 1 })
    } else lines.take(record, marks.wasSent(endOffset))
    marks.noteRecord(endOffset)
  } else if (event.kind === 'damage') {
    if (event.offset >= marks.readOffset) onDamage()
    marks.skipTo(event.offset + event.skippedBytes)
  }
}
