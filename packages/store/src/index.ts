export {
  type BlobDigest,
  type Blobs,
  type OpenDirectoryBlobsOptions,
  openDirectoryBlobs,
  parseBlobDigest,
} from './blobs/directory-blobs.ts'
export { StoreError, type StoreErrorCode, storeErrorCodes } from './errors.ts'
export { bucketColumn, bucketIndex } from './history/bucket-column.ts'
export { joinSeries, mergeSeries } from './history/merge-series.ts'
export type { StoreClock } from './sqlite/compactor.ts'
export { type OpenSqliteStoreOptions, openSqliteStore } from './sqlite/open-sqlite-store.ts'
export type {
  AlertLevel,
  AlertRow,
  AppendRowsWrite,
  BucketedColumn,
  BucketGrid,
  BucketQuery,
  Column,
  ColumnQuery,
  CopyHistoryWrite,
  CutHistoryWrite,
  HistoryRow,
  JoinedColumnsQuery,
  LineRow,
  MetricKeyQuery,
  MetricKeyRow,
  ProjectRow,
  PutAlertWrite,
  PutLinesWrite,
  PutRunWrite,
  RowGroup,
  RowQuery,
  RunAddress,
  RunFieldChanges,
  RunFields,
  RunQuery,
  RunRow,
  RunState,
  Store,
  Stream,
  Write,
  WriteResult,
} from './store.ts'
