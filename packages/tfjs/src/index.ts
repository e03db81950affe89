export type { CommonOptions, MetricsLoggerOptions } from './callbacks/callback-options.ts'
export type { WithTensorFlow } from './callbacks/create-callbacks.ts'
export type { TrainingCallbacks } from './callbacks/to-callbacks.ts'
export type { CheckpointMethods } from './checkpoint/checkpoint-observer.ts'
export type { CheckpointOptions, ModelCheckpointOptions } from './checkpoint/checkpoint-options.ts'
export type { BestValue, MonitorMode } from './checkpoint/checkpoint-policy.ts'
export type { CheckpointState } from './checkpoint/checkpoint-state.ts'
export { type LogCheckpointOptions, logCheckpoint } from './checkpoint/log-checkpoint.ts'
export { modelCheckpoint } from './checkpoint/model-checkpoint.ts'
export {
  type CheckpointHandler,
  checkpointHandler,
  type LoadedModelArtifacts,
  type LoadedWeightSpec,
} from './checkpoint/node/checkpoint-handler.ts'
export {
  type LoadCheckpointOptions,
  type LoadedCheckpoint,
  loadCheckpoint,
  type ModelLoader,
} from './checkpoint/node/load-checkpoint.ts'
export { TfjsCheckpointError, TfjsOptionError } from './errors.ts'
export { type EvaluateModelOptions, evaluateModel } from './evaluate-model/evaluate-model.ts'
export type { LoggedRow } from './evaluate-model/to-logged-row.ts'
export type {
  EvaluationExamples,
  EvaluationOptions,
  EvaluationTableOptions,
} from './evaluation-table/evaluation-options.ts'
export { evaluationTable } from './evaluation-table/evaluation-table.ts'
export type { OutputTask } from './evaluation-table/output-task.ts'
export type { HistogramsOptions, ModelHistogramsOptions } from './histograms/histogram-options.ts'
export { modelHistograms } from './histograms/model-histograms.ts'
export { type WatchGradientsOptions, watchGradients } from './histograms/watch-gradients.ts'
export { losslineCallback } from './lossline-callback.ts'
export {
  type ImageFromTensorOptions,
  type ImagesFromTensorOptions,
  imageFromTensor,
  imagesFromTensor,
} from './media/image-from-tensor.ts'
export { metricsLogger } from './metrics-logger.ts'
export type { LosslineCallbackOptions } from './observers.ts'
export type { TfjsProblem, TfjsProblemCode } from './problems.ts'
export type { LoggedValue, RunLike } from './run-like.ts'
export type {
  DatasetLike,
  LayerLike,
  LayerVariableLike,
  ModelArtifactsLike,
  ModelLike,
  OptimizerLike,
  OwnedTensorLike,
  SaveResultLike,
  ShapedTensorLike,
  TensorFlowLike,
  TensorLike,
  TrainingLogs,
  TrainingParams,
  WeightSpecLike,
} from './tensorflow-like.ts'
export { type TrackedModel, type TrackModelOptions, trackModel } from './tracking/track-model.ts'
