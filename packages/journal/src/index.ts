export type { LeafItem } from './engine/messages.ts'
export { JournalError, type JournalErrorCode } from './errors.ts'
export {
  type JournalEvent,
  type JournalReader,
  type OpenJournalReaderOptions,
  openJournalReader,
} from './reader/journal-reader.ts'
export { type JournalContents, readJournal } from './reader/read-journal.ts'
export { openRunWriter } from './writer/open-run-writer.ts'
export type {
  EventLoopWatch,
  FinishOptions,
  FinishReport,
  JournalProblem,
  OpenRunWriterOptions,
  RunWriter,
  SenderTarget,
  SlowRow,
  SyncOutcome,
} from './writer/run-writer.ts'
