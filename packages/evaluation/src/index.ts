export {
  type BootstrapInterval,
  type BootstrapOptions,
  bootstrapInterval,
  bootstrapMean,
} from './bootstrap/bootstrap-interval.ts'
export { createSeededRandom } from './bootstrap/seeded-random.ts'
export {
  accuracy,
  accuracyOf,
  balancedAccuracy,
  type TopKAccuracyOptions,
  topKAccuracy,
} from './classification/accuracy.ts'
export { type CohenKappaOptions, cohenKappa, matthewsCorrelation } from './classification/agreement.ts'
export {
  type CalibrationBin,
  type CalibrationOptions,
  calibrationBins,
  expectedCalibrationError,
} from './classification/calibration.ts'
export {
  type ClassCounts,
  type ConfusionMatrix,
  type ConfusionMatrixOptions,
  confusionMatrix,
  countClasses,
  mergeConfusionMatrices,
} from './classification/confusion-matrix.ts'
export {
  type ClassPrecisionRecallF1,
  type PrecisionRecallF1,
  type PrecisionRecallF1Options,
  type PrecisionRecallF1Report,
  precisionRecallF1,
} from './classification/precision-recall-f1.ts'
export {
  type BrierScoreOptions,
  brierScore,
  logLoss,
  type ProbabilityScoreOptions,
} from './classification/probability-scores.ts'
export {
  type BestThreshold,
  type BestThresholdOptions,
  bestThreshold,
  type ThresholdCriterion,
} from './curves/best-threshold.ts'
export {
  averagePrecisionOneVsRest,
  isOfClass,
  type MultiClassOptions,
  type OneVsOneReport,
  type OneVsRestReport,
  rocAucOneVsOne,
  rocAucOneVsRest,
} from './curves/multi-class.ts'
export {
  averagePrecision,
  type PrecisionRecallCurve,
  precisionRecallCurve,
} from './curves/precision-recall-curve.ts'
export { type RocCurve, type RocCurveOptions, rocAuc, rocCurve } from './curves/roc-curve.ts'
export type { BoxFormat } from './detection/boxes.ts'
export type { DetectionImage, Detections, GroundTruth } from './detection/detection-image.ts'
export {
  type ClassAveragePrecision,
  type DetectionMetrics,
  type DetectionOptions,
  detectionMetrics,
} from './detection/detection-metrics.ts'
export { type DetectionReportOptions, detectionReport } from './detection/detection-report.ts'
export { EvaluationError, type EvaluationErrorCode } from './errors.ts'
export type { ZeroDivision } from './labels/average.ts'
export { type EncodedLabels, encodeLabels } from './labels/encode-labels.ts'
export { argmaxRows, binaryProbabilities, scoresOfClass, softmaxRows } from './labels/score-rows.ts'
export type { EvaluationComparison, MetricDelta, RowChange } from './logger/baseline-comparison.ts'
export { EvaluationLogger } from './logger/evaluation-logger.ts'
export {
  type EvaluationLoggerOptions,
  type EvaluationProblemCode,
  evaluationOptionNames,
} from './logger/evaluation-options.ts'
export type { EvaluationBaseline, EvaluationResult, TableRows } from './logger/evaluation-result.ts'
export type { MetricInterval } from './logger/metric-intervals.ts'
export { type EvaluationArtifact, readEvaluation } from './logger/node/read-evaluation.ts'
export type { EvaluationRecords } from './logger/row-records.ts'
export { type MultiLabelOptions, type MultiLabelReport, multiLabelMetrics } from './multi-label/multi-label-metrics.ts'
export { pearsonCorrelation, spearmanCorrelation } from './regression/correlation.ts'
export { type RegressionMetrics, regressionMetrics } from './regression/regression-metrics.ts'
export { cosineSimilarity } from './retrieval/cosine-similarity.ts'
export {
  type CutOff,
  meanAveragePrecision,
  meanReciprocalRank,
  type NdcgOptions,
  ndcg,
  precisionAtK,
  type QueryScores,
  type RankedQuery,
  type RequiredCutOff,
  recallAtK,
} from './retrieval/retrieval-metrics.ts'
export { createReservoir, type Reservoir, type ReservoirOptions } from './sampling/reservoir.ts'
export { createSampleStatistics, type SampleStatistics } from './sampling/sample-statistics.ts'
export {
  type MaskOptions,
  maskConfusionMatrix,
  type SegmentationMetrics,
  segmentationMetrics,
} from './segmentation/segmentation-metrics.ts'
export type { ClassLabel } from './tasks/classification/class-names.ts'
export { type ClassificationOptions, classification } from './tasks/classification/classification.ts'
export type { ClassificationDetails, ClassReport } from './tasks/classification/classification-report.ts'
export type { ClassificationRow, ScoreKind } from './tasks/classification/classification-row.ts'
export { type CustomOptions, type CustomRow, custom } from './tasks/custom.ts'
export { type DetectionDetails, type DetectionTaskOptions, detection } from './tasks/detection/detection.ts'
export type { BoxList, DetectionRow } from './tasks/detection/detection-row.ts'
export type {
  ChartParts,
  EvaluationRow,
  EvaluationTask,
  HistogramParts,
  Judgement,
  OpenTaskOptions,
  RecordColumns,
  Resampling,
  RowColumns,
  RowId,
  TaskCounter,
  TaskReport,
} from './tasks/evaluation-task.ts'
export type { RowImage } from './tasks/image-cell.ts'
export { type MultiLabelDetails, type MultiLabelTaskOptions, multiLabel } from './tasks/multi-label/multi-label.ts'
export type { MultiLabelRow } from './tasks/multi-label/multi-label-row.ts'
export { type QuestionAnsweringRow, questionAnswering } from './tasks/question-answering.ts'
export { type RegressionDetails, type RegressionRow, regression } from './tasks/regression/regression.ts'
export { type RetrievalDetails, type RetrievalOptions, type RetrievalRow, retrieval } from './tasks/retrieval.ts'
export {
  type SegmentationDetails,
  type SegmentationOptions,
  type SegmentationRow,
  segmentation,
} from './tasks/segmentation.ts'
export {
  type ErrorCounts,
  type SpeechRecognitionDetails,
  type SpeechRecognitionOptions,
  type SpeechRecognitionRow,
  speechRecognition,
} from './tasks/speech-recognition.ts'
export { type TextGenerationOptions, textGeneration } from './tasks/text-generation.ts'
export type { TextRow } from './tasks/text-row.ts'
export {
  type TokenClassificationDetails,
  type TokenClassificationOptions,
  type TokenClassificationRow,
  tokenClassification,
} from './tasks/token-classification.ts'
export {
  exactMatch,
  type NormalizeOptions,
  normalizeAnswer,
  type SquadMetrics,
  squadMetrics,
  tokenF1,
} from './text/answers.ts'
export { type BleuOptions, type BleuScore, bleu } from './text/bleu.ts'
export { type ChrfOptions, chrf } from './text/chrf.ts'
export { characterErrorRate, type ErrorRate, wordErrorRate } from './text/error-rates.ts'
export type { References, RowScores } from './text/references.ts'
export { type RougeScore, type RougeScores, rouge } from './text/rouge.ts'
export { tokenize13a } from './text/tokenize-13a.ts'
export { type EntityMetrics, type EntityMetricsOptions, entityMetrics } from './token-classification/entity-metrics.ts'
export {
  type Entity,
  type FindEntitiesOptions,
  findEntities,
  type TagScheme,
} from './token-classification/find-entities.ts'
