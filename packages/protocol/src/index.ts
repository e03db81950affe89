export {
  isReservedArtifactType,
  isVersionAlias,
  makeArtifactNameSafe,
  parseArtifactAlias,
  parseArtifactName,
  parseArtifactTag,
  parseArtifactType,
} from './artifacts/artifact-names.ts'
export { type ArtifactPath, formatArtifactPath, parseArtifactPath } from './artifacts/artifact-path.ts'
export { type ArtifactUri, formatArtifactUri, maybeParseArtifactUri } from './artifacts/artifact-uri.ts'
export { maybeFromBase64, maybeFromHex, toBase64, toHex } from './artifacts/base64.ts'
export { generateClientId } from './artifacts/client-id.ts'
export { compareCodePoints } from './artifacts/code-point-order.ts'
export { normalizeEntryPath, parseEntryPath } from './artifacts/entry-path.ts'
export {
  createManifest,
  createManifestDigest,
  type DigestedEntry,
  defaultStoragePolicyConfig,
  type Manifest,
  type ManifestEntry,
  manifestDigest,
  parseManifest,
  storagePolicyName,
  stringifyManifest,
  type TextHash,
} from './artifacts/manifest.ts'
export {
  fromManifestRecord,
  type LocalManifestEntry,
  storagePolicyConfigOf,
  toManifestRecord,
} from './artifacts/manifest-record.ts'
export { md5 } from './artifacts/md5.ts'
export { csvField } from './csv.ts'
export {
  joinHint,
  LosslineError,
  type LosslineErrorOptions,
  ProtocolError,
  type ProtocolErrorCode,
  protocolErrorCodes,
} from './errors.ts'
export { evaluateExpression, type TermValues } from './expression/evaluate-expression.ts'
export {
  type Expression,
  type ExpressionFunction,
  type ExpressionOperator,
  ExpressionSyntaxError,
  type ExpressionTerm,
  expressionFunctions,
  expressionTerms,
  termText,
} from './expression/expression.ts'
export { parseExpression } from './expression/parse-expression.ts'
export {
  type FileStreamChunk,
  type FileStreamRequest,
  type FileStreamResponse,
  parseFileStreamRequest,
  type StreamedFile,
} from './file-stream.ts'
export { type Crc32, crc32 } from './framing/crc32.ts'
export { blockSize, fileHeader, fragmentHeaderSize } from './framing/format.ts'
export { createFramer, type Framer, type FramerOptions } from './framing/framer.ts'
export {
  createScanner,
  type DamageScanEvent,
  type FragmentCounts,
  type RecordScanEvent,
  type ScanEnd,
  type ScanEvent,
  type Scanner,
  type ScannerOptions,
} from './framing/scanner.ts'
export {
  generateDisplayName,
  generateRunId,
  parseEntityName,
  parseProjectName,
  parseRunId,
  parseTag,
  type RunId,
} from './ids.ts'
export { isJsonObject, type JsonObject, type JsonValue, setProperty } from './json/json-value.ts'
export { parseJson } from './json/parse-json.ts'
export { stringifyJson, stringifyNumber, toStrictJson } from './json/stringify-json.ts'
export { decodeKeyPath, encodeKeyPath } from './key-path.ts'
export { type CountedBins, countBins } from './media/count-bins.ts'
export { type AnimatedFrames, encodeGif } from './media/encode-gif.ts'
export { type EncodePngOptions, encodePng, type PixelImage } from './media/encode-png.ts'
export { encodeWav, type SampledSound } from './media/encode-wav.ts'
export { injectHtmlHead } from './media/html-head.ts'
export { type ImageHeader, readImageHeader } from './media/image-header.ts'
export { type MediaFileName, toMediaPath, toSafeKey } from './media/media-names.ts'
export { detectMediaType, fitsMediaType, type MediaType } from './media/media-type.ts'
export { toPointsJson } from './media/points-json.ts'
export { type BinnedCounts, evenEdges, rebinHistogram } from './media/rebin-histogram.ts'
export { type PixelArray, toPixelBytes } from './media/to-pixel-bytes.ts'
export { toVideoFrames, type VideoArray, type VideoFrames, videoGridOf } from './media/video-grid.ts'
export { nearestName } from './nearest-name.ts'
export type {
  AccountResponse,
  ApiKeyInfo,
  GarbageResponse,
  NewApiKeyResponse,
  UserInfo,
  UsersResponse,
} from './page/account-api.ts'
export { type AnsiSpan, parseAnsi, stripAnsi } from './page/ansi.ts'
export type {
  AliasChangesResponse,
  ArtifactChange,
  ArtifactChangedResponse,
  ArtifactCollectionInfo,
  ArtifactFileInfo,
  ArtifactFilesResponse,
  ArtifactLineageResponse,
  ArtifactLink,
  ArtifactSearchResponse,
  ArtifactTypeInfo,
  ArtifactTypesResponse,
  ArtifactUsersResponse,
  ArtifactVersionDetail,
  ArtifactVersionInfo,
  ArtifactVersionResponse,
  ArtifactVersionsResponse,
  DeleteArtifactRequest,
  DeleteCollectionRequest,
  LineageEdge,
  LineageNode,
  RunArtifactsResponse,
  RunReference,
} from './page/artifact-api.ts'
export { lowerBound, upperBound } from './page/bounds.ts'
export type { EntityMember, EntityResponse, EntityRole } from './page/entity-api.ts'
export type {
  BestPoint,
  BestPointsRequest,
  BestPointsResponse,
  RunMark,
  RunMarkPlace,
  RunMarksRequest,
  RunMarksResponse,
} from './page/marks-api.ts'
export type {
  ContentKey,
  CustomChartDefinition,
  CustomChartInfo,
  CustomChartsResponse,
  HistogramsResponse,
  HistoryRowsRequest,
  HistoryRowsResponse,
  ImageBox,
  ImageBoxLayer,
  ImageItem,
  ImageMaskLayer,
  MediaItem,
  MediaKey,
  MediaKeysResponse,
  MediaKind,
  MediaValue,
  MediaValueResponse,
  RunContentsRequest,
  RunContentsResponse,
  RunFileInfo,
  RunFilesResponse,
  ThumbnailHeight,
} from './page/media-api.ts'
export { thumbnailFactorMin, thumbnailHeights } from './page/media-api.ts'
export type { MetricNoteEdit, MetricNoteResponse, MetricWords, OwnMetricNote } from './page/metric-notes-api.ts'
export type {
  AlertInfo,
  AlertsResponse,
  ErrorResponse,
  LogLevelName,
  LogLine,
  LogSearchQuery,
  LogSearchResponse,
  LogsResponse,
  MetricInfo,
  MetricsResponse,
  PageEvent,
  ProjectDetail,
  ProjectResponse,
  ProjectSummary,
  ProjectsResponse,
  Refusal,
  RefusalKind,
  RefusalsResponse,
  RunDetail,
  RunResponse,
  RunSummary,
  RunsMovedResponse,
  RunsResponse,
  SampleResponse,
  SessionResponse,
  StatusResponse,
  StrictJson,
  StrictJsonObject,
  TrashResponse,
} from './page/page-api.ts'
export type {
  MetricFigures,
  NumberFigures,
  RunEdit,
  RunEditsRequest,
  RunFieldValues,
  RunFiguresRequest,
  RunFiguresResponse,
  RunGroup,
  RunGroupsRequest,
  RunGroupsResponse,
  RunImportanceRequest,
  RunImportanceResponse,
  RunKeyInfo,
  RunKeysResponse,
  RunNeighboursRequest,
  RunNeighboursResponse,
  RunsChangedResponse,
  RunsChangeRequest,
  RunsDeletionRequest,
  RunsDeletionResponse,
  RunsFilter,
  RunsQueryRequest,
  RunsQueryResponse,
  RunsSort,
  RunWithValues,
  ValueSpread,
} from './page/runs-api.ts'
export type {
  FoundArtifact,
  FoundRun,
  ProjectStorageResponse,
  SearchResponse,
  StorageKind,
} from './page/search-api.ts'
export type {
  BucketSeries,
  ExpressionJoin,
  GroupBand,
  Grouping,
  GroupSeries,
  GroupStatistic,
  PointOrder,
  RawSeries,
  RunSeries,
  RunsOfProject,
  Series,
  SeriesBatchRequest,
  SeriesFrame,
  SeriesGroup,
  SeriesPointsRequest,
  SeriesRequest,
  SeriesX,
  Smoothing,
} from './page/series-api.ts'
export { loggedSeriesLimits } from './page/series-api.ts'
export { seriesBatchLimits, seriesRequestCost } from './page/series-batch.ts'
export { decodeSeriesFrame, decodeSeriesFrames, encodeSeriesFrame, joinSeriesFrames } from './page/series-frame.ts'
export type {
  CreatedShareLinkResponse,
  CreateShareLinkRequest,
  ShareLinkInfo,
  ShareLinksResponse,
  ShareLinkTarget,
} from './page/share-api.ts'
export { sharePasswordLengthMax, sharePasswordLengthMin } from './page/share-api.ts'
export { createSmoother, roundUpToPowerOfTwo, type SmoothedPoints, type Smoother } from './page/smooth-points.ts'
export type {
  ChangeSweepRequest,
  CreateSweepRequest,
  SweepAgentInfo,
  SweepAgentsResponse,
  SweepBestRun,
  SweepDetail,
  SweepMetricInfo,
  SweepParameterInfo,
  SweepResponse,
  SweepSortKey,
  SweepStateName,
  SweepSummary,
  SweepsResponse,
} from './page/sweep-api.ts'
export { sweepSortKeys } from './page/sweep-api.ts'
export type {
  TableCellValue,
  TableColumnInfo,
  TableColumnSummary,
  TableColumnsRequest,
  TableColumnsResponse,
  TableCombination,
  TableExportFormat,
  TableFormula,
  TableHistogram,
  TableNumbers,
  TablePlace,
  TableResponse,
  TableRow,
  TableRowsResponse,
  TableSelection,
  TableSort,
  TableSummary,
  TableWindowRequest,
  TableWindowResponse,
} from './page/table-api.ts'
export type {
  NewViewRequest,
  OpenedWorkspaceResponse,
  ViewDetail,
  ViewEditRequest,
  ViewResponse,
  ViewRevision,
  ViewRevisionResponse,
  ViewRevisionsResponse,
  ViewStateRequest,
  ViewStateResponse,
  ViewStateSavedResponse,
  ViewSummary,
  ViewsResponse,
  WorkspaceType,
} from './page/views-api.ts'
export { createHistoryEncoder, type HistoryEncoder, type NumericRow } from './records/history-encoder.ts'
export { decodeRecord, encodeRecord } from './records/record-codec.ts'
export type {
  AlertRecord,
  AppleInfo,
  ArtifactManifest,
  ArtifactManifestEntry,
  ArtifactRecord,
  BranchPoint,
  ConfigItem,
  ConfigRecord,
  Control,
  CoreWeaveInfo,
  CpuInfo,
  DiskInfo,
  EnvironmentRecord,
  ExtraItem,
  FilesItem,
  FilesRecord,
  FinalRecord,
  FooterRecord,
  GitRepoRecord,
  GpuAmdInfo,
  GpuNvidiaInfo,
  HeaderRecord,
  HistoryItem,
  HistoryRecord,
  HistoryStep,
  Int64,
  KeyedItem,
  Labels,
  MemoryInfo,
  MetricControl,
  MetricOptions,
  MetricRecord,
  MetricSummary,
  OutputLoggerRecord,
  OutputRawRecord,
  OutputRecord,
  RecordInfo,
  RecordTypes,
  RunExitRecord,
  RunPreemptingRecord,
  RunRecord,
  SettingsRecord,
  StatsItem,
  StatsRecord,
  SummaryItem,
  SummaryRecord,
  TbRecord,
  TelemetryRecord,
  Timestamp,
  TpuInfo,
  TrainiumInfo,
  UseArtifactRecord,
  VersionInfo,
  WandbMessage,
  WandbRecord,
  WandbRecordBody,
} from './records/record-types.ts'
export { isReservedName, reservedNames } from './reserved-names.ts'
export { completeQuery, operatorWords, type QueryCompletion, usualTimes } from './run-query/complete-query.ts'
export {
  type FilterSpecKey,
  readFilterSpecKey,
  writeFilterSpecKey,
} from './run-query/filter-spec-keys.ts'
export {
  type MetricColumn,
  type MetricReduction,
  metricColumnKey,
  metricReductions,
  metricsOfColumnsMax,
  parseMetricColumn,
} from './run-query/metric-column.ts'
export {
  fieldOf,
  parseQueryKey,
  parseRunQuery,
  queryDepthMax,
  type ReadOperand,
} from './run-query/parse-run-query.ts'
export {
  type PrintQueryOptions,
  printQueryDuration,
  printQueryKey,
  printQueryValue,
  printRunQuery,
} from './run-query/print-run-query.ts'
export {
  operatorsOf,
  type QueryKeyHolds,
  type QueryKeyInfo,
  type QueryLanguage,
  type QueryOperator,
  runQueryLanguage,
} from './run-query/query-language.ts'
export { type FilterSpecReading, readFilterSpec } from './run-query/read-filter-spec.ts'
export { type QuerySign, type QueryToken, readQueryTokens, readTokensBeforeOpen } from './run-query/read-tokens.ts'
export {
  type ComparisonOperator,
  isRunQueryField,
  type QueryKey,
  type QueryValue,
  type RunQueryField,
  type RunQueryFieldInfo,
  type RunQueryNode,
  RunQuerySyntaxError,
  runQueryFields,
} from './run-query/run-query.ts'
export { runQueryKeys } from './run-query/run-query-keys.ts'
export {
  columnNameOf,
  columnsNamed,
  parseTableQuery,
  type QueryColumn,
} from './run-query/table-query.ts'
export { type TableColumnValues, tableQueryLanguage } from './run-query/table-query-language.ts'
export { escapePattern, type RunFilter, type ToRunFilterOptions, toRunFilter } from './run-query/to-run-filter.ts'
export {
  type WriteFilterSpecOptions,
  type WrittenFilterSpec,
  writeFilterSpec,
} from './run-query/write-filter-spec.ts'
export { createRunState, type RunState, type RunStateOptions } from './run-state/run-state.ts'
export { createLeafTree, type LeafTree } from './summary/leaf-tree.ts'
export type { MetricDefinitions } from './summary/metric-definitions.ts'
export { jsonToNumber } from './summary/number-json.ts'
export { isAutomaticKey, pathOf } from './summary/row-shape.ts'
export type { Summary, SummaryChange } from './summary/summary.ts'
export {
  createSummaryFold,
  earlierMarkPath,
  type SummaryFold,
  stepOf,
} from './summary/summary-fold.ts'
export {
  isStatisticsObject,
  logNumber,
  type SummaryLeaf,
  type SummaryStatistics,
  showsStatistics,
  toSummaryStatistics,
} from './summary/summary-leaf.ts'
export { type ArrayColumn, type ArrayFile, readArrayColumn, serializationOf } from './tables/array-column.ts'
export { sanitizeArtifactName } from './tables/artifact-name.ts'
export { assignCell, typeOfCell } from './tables/assign-cell.ts'
export {
  type ColumnCells,
  createCellReader,
  type TableColumn,
  type TextPiece,
} from './tables/column-cells.ts'
export {
  type ArraySerialization,
  type ColumnType,
  columnTypes,
  describeColumnType,
  type ImageTypeDetails,
  isOptional,
  optionalOf,
  plainImageType,
  type SimpleTypeName,
  unionOf,
} from './tables/column-type.ts'
export { parseColumnType, parseTableTypes, toColumnTypeJson, toTableTypeJson } from './tables/column-type-json.ts'
export { type ChartPreset, toChartConfig, toChartTableKey } from './tables/custom-chart.ts'
export { encodeNpz, type NamedArray, type NpzEffects } from './tables/npz.ts'
export { type MediaJson, type ParsedTable, parseTable } from './tables/parse-table.ts'
export { type JsonStyle, toJsonText, toNumberText, toStringText } from './tables/python-json.ts'
export { type ReadArray, type ReadNpzEffects, readNpzArray } from './tables/read-npz.ts'
export { isMediaCell, isNumericArray, type MediaCell, type NumericArray, type TableCell } from './tables/table-cell.ts'
export {
  type ArtifactTableOptions,
  artifactTableRowCountMax,
  embeddedArrayLengthMax,
  runTableRowCountMax,
  type TableLogMode,
  toArtifactTableText,
  toRunTableText,
} from './tables/table-text.ts'
export { fromWireConfig, toWireConfig, unwrapConfig } from './wire/config.ts'
export { toConfigYaml } from './wire/config-yaml.ts'
export { toIsoTime, toWireEnvironment } from './wire/environment.ts'
export { toHistoryLine } from './wire/history-line.ts'
export { type MetricNote, metricNotesPath, readMetricNotes } from './wire/metric-notes.ts'
export { fromWireMetrics, toWireMetrics } from './wire/metrics.ts'
export { fromWireTelemetry, toWireTelemetry } from './wire/telemetry.ts'
export { createXxh128, type Xxh128 } from './xxh128/create-xxh128.ts'
