export type { RunLike } from '@lossline/core/adapter'
export { MissingPackageError, TransformersOptionError } from './errors.ts'
export {
  type EvaluatePipelineOptions,
  type EvaluationExample,
  evaluatePipeline,
} from './evaluation/evaluate-pipeline.ts'
export type { ModelFile, ModelFiles } from './node/model-files.ts'
export { createLoadObserver, type LoadObserver, type ModelLoad } from './pipelines/load-observer.ts'
export { type LogModelOptions, logModel } from './pipelines/log-model.ts'
export type { CallRow, ReportOptions } from './pipelines/report-options.ts'
export { type PipelineReport, reportOf, reportTo } from './pipelines/report-to.ts'
export type { TransformersProblem, TransformersProblemCode } from './problems.ts'
export type { Cells } from './rows/row-part.ts'
export type { ModelRun } from './runs/run-like.ts'
export { flushReports } from './runs/waiting-reports.ts'
export type { Classifier, ClassifierCall, ClassifyOptions, ClassScore } from './trainer/classifier.ts'
export { type EarlyStoppingOptions, earlyStopping } from './trainer/early-stopping.ts'
export type { Embed, Embedder, EmbeddingPipeline } from './trainer/embed.ts'
export type { PredictionOutput } from './trainer/evaluation-loop.ts'
export type { LabelledExample } from './trainer/examples.ts'
export { type LoadClassifierOptions, loadClassifier } from './trainer/load-classifier.ts'
export type { ReportTarget, TrainerReportTo } from './trainer/report-targets.ts'
export { learningRateAt, type ScheduleOptions, type ScheduleSettings, type ScheduleType } from './trainer/schedules.ts'
export type { TensorFlowLike } from './trainer/tensorflow-like.ts'
export { Trainer, type TrainerOptions } from './trainer/trainer.ts'
export type {
  ControlResult,
  TrainedModel,
  TrainerCallback,
  TrainerContext,
  TrainerEvent,
} from './trainer/trainer-callback.ts'
export type { LogEntry, TrainerControl, TrainerState } from './trainer/trainer-state.ts'
export type {
  IntervalStrategy,
  ParsedArguments,
  SaveStrategy,
  TrainingArguments,
} from './trainer/training-arguments.ts'
export type { TrainOutput } from './trainer/training-loop.ts'
export type { ComputeMetrics, EvalPrediction } from './trainer/training-session.ts'
export type { EnvironmentLike, ProgressEventLike } from './transformers-like.ts'
