export { ArtifactFileError, type ArtifactFileErrorCode, toArtifactFileError } from './artifacts/artifact-error.ts'
export { blobPathOf, dataDirectoryOf, stagedPathOf } from './artifacts/content-paths.ts'
export { keepFiles, type SizedKeepFileOptions } from './artifacts/content-pool.ts'
export type { CheckedFile } from './artifacts/download/check-files.ts'
export { DownloadError, type DownloadErrorCode } from './artifacts/download/download-error.ts'
export type { DownloadFileOptions, ExpectedContent } from './artifacts/download/download-file.ts'
export { toLocalName } from './artifacts/download/local-name.ts'
export { type DownloadPlace, openDownloadPlace } from './artifacts/download/open-download-place.ts'
export type { FileIdentity } from './artifacts/file-identity.ts'
export { type KeepDirectoryOptions, type KeptDirectory, keepDirectory } from './artifacts/keep-directory.ts'
export type { FilePolicy, KeepFileOptions, KeptFile } from './artifacts/keep-file.ts'
export type { KeepMediaOptions, KeptMediaFile } from './artifacts/keep-media.ts'
export { keepMedia } from './artifacts/keep-media-in-worker.ts'
export { keepFile } from './artifacts/keep-one-file.ts'
export { type NewContent, openNewContent } from './artifacts/new-content.ts'
export {
  type ContentDigests,
  hashBytes,
  keepBytesSync,
  type StageBlobOptions,
  type StagedFile,
  stageBlobSync,
  stageBytesSync,
} from './artifacts/staged-files.ts'
export {
  type DirectoryNotice,
  findNameClashes,
  type WalkDirectoryOptions,
  type WalkedDirectory,
  type WalkedFile,
} from './artifacts/walk-directory.ts'
export { type ByteRange, digestFile } from './digest-file.ts'
export type { RunContents } from './engine/engine.ts'
export type { EarlierMetrics } from './engine/messages.ts'
export type { MetricHistory } from './engine/metric-histories.ts'
export { JournalError, type JournalErrorCode } from './errors.ts'
export { makeDirectorySync } from './file/make-directory.ts'
export { createGlobMatcher } from './glob.ts'
export { loaderArguments } from './loader-arguments.ts'
export type { EncodedContent } from './media/encode-content.ts'
export {
  type ArtifactMedia,
  type ArtifactMediaFile,
  encodeForArtifact,
  encodeMediaCell,
} from './media/encode-for-artifact.ts'
export { mapContents } from './media/map-contents.ts'
export type {
  BatchedFileKind,
  BatchSnapshot,
  BoxLayerSnapshot,
  ClassLabels,
  FileContent,
  FileMediaKind,
  FileMediaSnapshot,
  HistogramSnapshot,
  ImageSnapshot,
  JsonSnapshot,
  ListSnapshot,
  MaskLayerSnapshot,
  MediaArray,
  MediaContent,
  MediaItem,
  MediaSnapshot,
  PixelContent,
} from './media/media-snapshot.ts'
export type { LeafItem, RowItem } from './media/row-item.ts'
export type {
  ArtifactFileReference,
  ArtifactValueSnapshot,
  MediaReferenceSnapshot,
  TableIncrement,
  TableRepeatSnapshot,
  TableSnapshot,
} from './media/table-snapshot.ts'
export {
  isProcessAlive,
  isProcessStillAlive,
  type Liveness,
  processStartMs,
  runProcessLiveness,
} from './process-liveness.ts'
export {
  type JournalEvent,
  type JournalReader,
  type OpenJournalReaderOptions,
  openJournalReader,
} from './reader/journal-reader.ts'
export { orderByStart, type StartedFolder } from './reader/order-by-start.ts'
export { readBranchParent } from './reader/read-branch-parent.ts'
export { type JournalContents, readJournal } from './reader/read-journal.ts'
export { readRunRecord } from './reader/read-run-record.ts'
export { certificateRemedy } from './sender/certificate-remedy.ts'
export { type SenderClock, systemClock } from './sender/clock.ts'
export { type ConfirmRunOptions, confirmRun } from './sender/confirm-run.ts'
export { type GraphqlOptions, requestGraphql } from './sender/graphql.ts'
export type { HttpClientOptions } from './sender/http-client.ts'
export { graphqlPolicy, type RetryPolicy, retryDelayMs, uploadPolicy } from './sender/retry-policy.ts'
export type { RunAddress } from './sender/run-api.ts'
export { type RunName, resumeQuestion, toResumeBucket } from './sender/run-questions.ts'
export { SendError, type SendErrorCode } from './sender/send-error.ts'
export { createSender } from './sender/sender.ts'
export type {
  Sender,
  SenderOptions,
  SenderTarget,
  SendFailure,
  SendProblem,
  SendProgress,
  SendReport,
  SendTarget,
} from './sender/sender-types.ts'
export { isStopWanted, writeStopRequest } from './sender/stop-request.ts'
export type { ArtifactSyncState, SyncState } from './sender/sync-state.ts'
export {
  hasFailures,
  isLeftToSend,
  readFailedArtifactsSync,
  readSyncReceipt,
  readSyncState,
  writeSyncReceipt,
} from './sender/sync-state.ts'
export { createLimiter, type Limiter } from './sender/uploads/limiter.ts'
export type { UploadCounts } from './sender/uploads/run-uploads.ts'
export type { UnsentItem, UnsentWork } from './sender/uploads/unsent.ts'
export type { SystemMetricsOptions } from './system/system-metrics.ts'
export { openRunWriter } from './writer/open-run-writer.ts'
export type {
  EventLoopWatch,
  FinishOptions,
  FinishReport,
  JournalProblem,
  OpenRunWriterOptions,
  RunWriter,
  SendingProgress,
  SlowRow,
  SyncOutcome,
} from './writer/run-writer.ts'
