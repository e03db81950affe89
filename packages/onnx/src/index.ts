export type { RunLike } from '@lossline/core/adapter'
export {
  classification,
  custom,
  detection,
  type EvaluationBaseline,
  EvaluationLogger,
  type EvaluationLoggerOptions,
  type EvaluationResult,
  type EvaluationRow,
  type EvaluationTask,
  multiLabel,
  questionAnswering,
  readEvaluation,
  regression,
  retrieval,
  segmentation,
  speechRecognition,
  textGeneration,
  tokenClassification,
} from '@lossline/evaluation'
export { OnnxModelFileError, OnnxOptionError, OnnxProfileError, OnnxTensorError } from './errors.ts'
export { evaluate, type SessionEvaluation } from './evaluation/evaluate.ts'
export type { DecodedRow, EvaluateOptions, EvaluationProgress } from './evaluation/evaluate-options.ts'
export type { ModelRole } from './model/log-model-file.ts'
export type { ExternalData, ModelMetadata, ModelValue } from './model/model-metadata.ts'
export { readModelMetadata } from './model/read-model-metadata.ts'
export type { OnnxRuntimeLike, SessionLike, TensorLike, Tensors, ValueMetadataLike } from './onnx-like.ts'
export type { OnnxProblem, OnnxProblemCode } from './problems.ts'
export { type LogProfileOptions, logProfile } from './profile/log-profile.ts'
export type { KernelTime, NodeTime, OperatorTime, Profile, ReadProfileOptions } from './profile/profile.ts'
export { readProfile } from './profile/read-profile.ts'
export type { FileRun } from './run-like.ts'
export { type OpenTrackedSessionOptions, openTrackedSession } from './sessions/open-tracked-session.ts'
export type { TrackSessionOptions } from './sessions/track-options.ts'
export { type SessionTracking, trackingOf, trackSession } from './sessions/track-session.ts'
export type { OutputTensor } from './tensors/output-tensor.ts'
export type { Outputs } from './tensors/split-outputs.ts'
export type { NumberArray, TensorData } from './tensors/tensor-data.ts'
