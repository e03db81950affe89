export type { MetricsLoggerOptions } from './callbacks/callback-options.ts'
export type { TrainingCallbacks } from './callbacks/to-callbacks.ts'
export { TfjsOptionError } from './errors.ts'
export {
  type LosslineCallbackOptions,
  losslineCallback,
  metricsLogger,
  type WithTensorFlow,
} from './lossline-callback.ts'
export {
  type ImageFromTensorOptions,
  type ImagesFromTensorOptions,
  imageFromTensor,
  imagesFromTensor,
} from './media/image-from-tensor.ts'
export type { TfjsProblem, TfjsProblemCode } from './problems.ts'
export type { RunLike } from './run-like.ts'
export type {
  ModelLike,
  OptimizerLike,
  ShapedTensorLike,
  TensorFlowLike,
  TensorLike,
  TrainingLogs,
  TrainingParams,
} from './tensorflow-like.ts'
