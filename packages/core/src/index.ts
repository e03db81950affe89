export {
  ArtifactFileError,
  type ArtifactFileErrorCode,
  type DirectoryNotice,
  DownloadError,
  type DownloadErrorCode,
  type FilePolicy,
} from '@lossline/journal'
export { LosslineError } from '@lossline/protocol'
export type { ApiClient, ApiOptions } from './api/api.ts'
export {
  ApiClosedError,
  ContentDamagedError,
  ContentRefusedError,
  EntityUnknownError,
  FileExistsError,
  InvalidPathError,
  NotFoundError,
  UnsafeFileNameError,
  UnsupportedByServerError,
  WaitTimeoutError,
} from './api/api-errors.ts'
export type { ConsoleLine, LogLinesOptions } from './api/console-lines.ts'
export type { CreateSweepOptions } from './api/create-sweep.ts'
export type { RunsOptions } from './api/list-runs.ts'
export type { Listing, RequestOptions } from './api/listing.ts'
export type { RunState } from './api/run-facts.ts'
export type { RunFilter } from './api/run-filter.ts'
export type { HistoryOptions, HistoryRow, HistoryScan, ScanHistoryOptions } from './api/run-history.ts'
export type {
  ArtifactListOptions,
  ArtifactSelection,
  StoredArtifactCollection,
  StoredArtifactType,
} from './api/stored-artifacts.ts'
export type { DownloadOptions, FilesOptions, StoredFile } from './api/stored-file.ts'
export type { StoredProject } from './api/stored-project.ts'
export type { RunChanges, StoredRun } from './api/stored-run.ts'
export type { StoredSweep } from './api/stored-sweep.ts'
export type { SweepAgent, SweepCommand } from './api/sweep-agent.ts'
export type { Viewer } from './api/viewer.ts'
export type { WaitUntilFinishedOptions } from './api/wait-until-over.ts'
export type { ArtifactDraft } from './artifacts/artifact-draft.ts'
export { ArtifactError, type ArtifactErrorCode } from './artifacts/artifact-error.ts'
export type {
  AddDirOptions,
  AddDirResult,
  AddFileOptions,
  ArtifactOptions,
  TimeToLive,
} from './artifacts/artifact-options.ts'
export { type ArtifactState, ArtifactVersion } from './artifacts/artifact-version.ts'
export type { CodeOptions } from './artifacts/code-draft.ts'
export type { DownloadArtifactOptions, DownloadProgress } from './artifacts/download/download-options.ts'
export type { ArtifactEntry } from './artifacts/draft-entries.ts'
export type { DeleteArtifactOptions } from './artifacts/edit-version.ts'
export type { ArtifactFileWriter } from './artifacts/file-writer.ts'
export type { ArtifactRun } from './artifacts/lineage.ts'
export type { LinkArtifactOptions } from './artifacts/link-version.ts'
export type { DistributedArtifactOptions, LogArtifactOptions } from './artifacts/log-options.ts'
export type { ModelOptions } from './artifacts/models.ts'
export type { AddReferenceOptions } from './artifacts/references/reference.ts'
export type { UseArtifactOptions } from './artifacts/use-artifact.ts'
export type { WaitOptions } from './artifacts/wait-for-version.ts'
export type { ConfigMethods, ConfigUpdateOptions, DeepPartial, RunConfig } from './config/run-config.ts'
export { ApiKeyRefusedError, CredentialsFileError, InvalidApiKeyError } from './credentials/credential-errors.ts'
export type { ApiKeySource, LoginOptions, LoginStatus } from './credentials/login.ts'
export type { CoreErrorCode } from './errors.ts'
export {
  ApiKeyMissingError,
  ConfigLockedError,
  CoreError,
  CyclicValueError,
  InitTwiceError,
  InvalidCellError,
  InvalidKeyError,
  InvalidMediaError,
  InvalidMetricDefinitionError,
  InvalidMetricsError,
  InvalidPlotError,
  InvalidSettingError,
  InvalidStepError,
  InvalidTableError,
  LocalServerMissingError,
  NoActiveRunError,
  OfflineAskError,
  ReservedKeyError,
  ResumeError,
  RunDirectoryError,
  RunFinishedError,
  RunStoppedError,
  ServerRequestError,
  SweepParametersError,
  SweepStateError,
  TableTypeError,
  TooManyRowsError,
} from './errors.ts'
export type { RunsToExport } from './export/export-runs.ts'
export type { ExportReport } from './export/export-table.ts'
export type { ExportFormat } from './export/table-encoder.ts'
export type { AlertLevel, AlertOptions } from './life/alert.ts'
export { Audio, type AudioOptions, type SampleArray } from './media/audio.ts'
export { Graph, type GraphNode, type GraphParts } from './media/graph.ts'
export { Histogram, type HistogramCounts, type HistogramOptions } from './media/histogram.ts'
export { Html, type HtmlOptions } from './media/html.ts'
export { Image, type ImageOptions } from './media/image.ts'
export type { BoundingBox, BoxLayer, MaskLayer } from './media/image-layers.ts'
export type { ImageLike, ImageSource, TensorLike } from './media/image-source.ts'
export type { IntegerArray, PixelSource } from './media/integer-pixels.ts'
export { MediaReference } from './media/media-reference.ts'
export { MediaValue } from './media/media-value.ts'
export { Molecule, type MoleculeFileType, type MoleculeOptions } from './media/molecule.ts'
export type { NestedNumbers } from './media/nested-numbers.ts'
export {
  type Box3D,
  Object3D,
  type Object3DFileType,
  type Object3DOptions,
  type Point3D,
  type PointCloudScene,
  type PointRows,
  type Vector3D,
} from './media/object-3d.ts'
export { Plotly, type PlotlyFigure } from './media/plotly.ts'
export { VegaLite } from './media/vega-lite.ts'
export { Video, type VideoFormat, type VideoOptions, type VideoSource } from './media/video.ts'
export type { DefineMetricOptions, SummaryStatistic } from './metrics/metric-definition.ts'
export { Api } from './node/api.ts'
export { Artifact } from './node/artifacts/artifact.ts'
export { findDataDirectory } from './node/data-directory.ts'
export { type ExportHistoryOptions, type ExportOptions, exportHistory, exportRuns } from './node/export.ts'
export { init } from './node/init.ts'
export { login, logout, readLoginStatus } from './node/login.ts'
export { findStoredApiKey, readSettings } from './node/settings-layers.ts'
export { InvalidOptionError } from './options/invalid-option-error.ts'
export type { ChartOptions, CustomChart } from './plot/custom-chart.ts'
export { plot } from './plot/plot.ts'
export { type PlotTableOptions, plotTable } from './plot/plot-table.ts'
export { activeRun } from './run/active-runs.ts'
export type { InitOptions } from './run/init-options.ts'
export type { Loggable } from './run/loggable.ts'
export {
  alert,
  defineMetric,
  finish,
  finishArtifact,
  linkArtifact,
  linkModel,
  log,
  logArtifact,
  logCode,
  logModel,
  markPreempting,
  restore,
  save,
  upsertArtifact,
  useArtifact,
  useModel,
} from './run/module-functions.ts'
export type { RestoreFileOptions } from './run/restore-file.ts'
export type { FinishOptions, LogOptions, Metrics, Run } from './run/run.ts'
export type { RunSummary, SummaryMethods } from './run/run-summary.ts'
export type { SaveFilesOptions } from './run/save-files.ts'
export type { AskOptions, ServerConnection, ServerPlace } from './server/server-connection.ts'
export type { Durability, Mode, Reinit, Resume, Settings } from './settings/settings.ts'
export type { ColumnTypeName, ColumnTypeSpec } from './table/column-type-spec.ts'
export { JoinedTable, type JoinedTableOptions, PartitionedTable } from './table/joined-table.ts'
export type { ReadTableOptions } from './table/read-table.ts'
export { Table } from './table/table.ts'
export type { TableOptions, TableRow } from './table/table-options.ts'
