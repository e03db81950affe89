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
export { EvaluationError, type EvaluationErrorCode } from './errors.ts'
export type { ZeroDivision } from './labels/average.ts'
export { type EncodedLabels, encodeLabels } from './labels/encode-labels.ts'
export { argmaxRows, binaryProbabilities, scoresOfClass, softmaxRows } from './labels/score-rows.ts'
