export type { AccountReads } from './accounts/account-reads.ts'
export type {
  AccountKind,
  AccountRow,
  ApiKeyRow,
  ApiKeyScope,
  InviteRow,
  MemberRow,
} from './accounts/account-rows.ts'
export type { AccountWrite, AccountWriteResult } from './accounts/account-writes.ts'
export type {
  ArtifactBlobQuery,
  ArtifactCollectionQuery,
  ArtifactEntryByDigest,
  ArtifactEntryQuery,
  ArtifactMembershipAddress,
  ArtifactMembershipQuery,
  ArtifactReads,
} from './artifacts/artifact-reads.ts'
export type {
  ArtifactAliasChangeRow,
  ArtifactAliasRow,
  ArtifactBlobRow,
  ArtifactClientIdRow,
  ArtifactCollectionKind,
  ArtifactCollectionRow,
  ArtifactDigestAlgorithm,
  ArtifactDirection,
  ArtifactEntryFields,
  ArtifactEntryRow,
  ArtifactManifestKind,
  ArtifactManifestRow,
  ArtifactMembershipRow,
  ArtifactRow,
  ArtifactState,
  ArtifactTypeRow,
} from './artifacts/artifact-rows.ts'
export type { ArtifactWrite, ArtifactWriteResult } from './artifacts/artifact-writes.ts'
export type { BlobParts, BlobUpload } from './blobs/blob-parts.ts'
export { type BlobDigest, type BlobListing, type Blobs, type ByteRange, parseBlobDigest } from './blobs/blobs.ts'
export { type OpenDirectoryBlobsOptions, openDirectoryBlobs } from './blobs/directory-blobs.ts'
export { createMemoryBlobs } from './blobs/memory-blobs.ts'
export { StoreError, type StoreErrorCode, storeErrorCodes } from './errors.ts'
export { bucketColumn, bucketIndex } from './history/bucket-column.ts'
export { joinSeries, joinSteps, mergeSeries } from './history/merge-series.ts'
export { type CompilePattern, loadPatternPlaces, loadPatterns, type Place, patternsOf } from './patterns.ts'
export type { DeleteProjectWrite, MoveRunWrite, PlaceWrite, RenameProjectWrite } from './runs/place-writes.ts'
export {
  type NumberSummary,
  type Predicate,
  type PresumedState,
  type RunFieldValueRow,
  type RunFilterField,
  type RunGroupPage,
  type RunGroupPath,
  type RunGroupQuery,
  type RunGroupRow,
  type RunNeighboursQuery,
  type RunOrder,
  type RunPath,
  type RunPosition,
  type RunPredicate,
  type RunQuery,
  type RunSelection,
  type RunValueKeyQuery,
  type RunValueKeyRow,
  type RunValuePath,
  runtimeSecondsMax,
  type ValueTest,
} from './runs/run-selection.ts'
export type { TrashedRunRow, TrashQuery, TrashWrite } from './runs/trashed-runs.ts'
export type { ShareLinkKind, ShareLinkQuery, ShareLinkRow, ShareLinkWrite } from './sharing/share-links.ts'
export type { StoreClock } from './sqlite/compactor.ts'
export { copySqliteAccounts } from './sqlite/copy-accounts.ts'
export { copySqliteDatabase } from './sqlite/copy-database.ts'
export { type OpenSqliteStoreOptions, openSqliteStore } from './sqlite/open-sqlite-store.ts'
export type {
  AlertLevel,
  AlertRow,
  AppendRowsWrite,
  BucketedColumn,
  BucketGrid,
  BucketQuery,
  ChangeProjectWrite,
  Column,
  ColumnQuery,
  CopyHistoryWrite,
  CutHistoryWrite,
  HistoryExportRow,
  HistoryRow,
  JoinedColumnsQuery,
  LineRow,
  MetricKeyQuery,
  MetricKeyRow,
  PlaceQuery,
  ProjectAccess,
  ProjectPlace,
  ProjectRow,
  PutAlertWrite,
  PutHistoryExportWrite,
  PutLinesWrite,
  PutProjectWrite,
  PutRunWrite,
  RowGroup,
  RowQuery,
  RunAddress,
  RunFieldChanges,
  RunFields,
  RunNeighbours,
  RunPage,
  RunRow,
  RunState,
  SampleRowsQuery,
  StateChangeRow,
  Store,
  Stream,
  Write,
  WriteResult,
} from './store.ts'
export type { SweepAgentQuery, SweepAgentRow, SweepAgentRun, SweepAgentWrite } from './sweeps/sweep-agents.ts'
export type { PutSweepTrialWrite, SweepTrialQuery, SweepTrialRow } from './sweeps/sweep-trials.ts'
export type { SweepFields, SweepQuery, SweepRow, SweepState, SweepWrite } from './sweeps/sweeps.ts'
export type { CustomChartRow, PutCustomChartWrite } from './views/custom-charts.ts'
export type { MetricGoal, MetricNoteRow, PutMetricNoteWrite } from './views/metric-notes.ts'
export type {
  ViewFields,
  ViewQuery,
  ViewRevisionRow,
  ViewRow,
  ViewWrite,
  WholeViewRevisionRow,
} from './views/views.ts'
export { viewRevisionCountMax } from './views/views.ts'
