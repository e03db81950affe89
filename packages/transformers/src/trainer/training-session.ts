import type { CallbackHandler } from './callback-handler.ts'
import type { Embed, Embeddings } from './embed.ts'
import type { LearningRate } from './learning-rate.ts'
import type { TensorFlow } from './tensorflow-like.ts'
import type { HeadConfig, TfjsHead } from './tfjs-head.ts'
import type { TrainedModel, TrainerEvent } from './trainer-callback.ts'
import type { TrainerControl, TrainerState } from './trainer-state.ts'
import type { ParsedArguments } from './training-arguments.ts'

/** Examples as the head sees them. */
export interface EmbeddedExamples extends Embeddings {
  readonly count: number
  readonly classIds: Int32Array
}

/** Predictions of a head for examples, as `computeMetrics` gets them. */
export interface EvalPrediction {
  /** Logits, row by row. */
  readonly predictions: Float32Array
  /** Numbers of the right classes. */
  readonly labelIds: Int32Array
  /** Names of the classes. */
  readonly labels: readonly string[]
}

/** Metrics by name. */
export type ComputeMetrics = (prediction: EvalPrediction) => Readonly<Record<string, number>>

/** All that a training works with. */
export interface TrainingSession {
  readonly tf: TensorFlow
  readonly args: ParsedArguments
  readonly state: TrainerState
  readonly control: TrainerControl
  readonly callbacks: CallbackHandler
  readonly config: HeadConfig
  readonly head: TfjsHead
  readonly learningRate: LearningRate
  readonly model: TrainedModel
  readonly embed: Embed
  readonly trainSet: EmbeddedExamples
  readonly evalSet: EmbeddedExamples | undefined
  readonly computeMetrics: ComputeMetrics
  readonly nowMs: () => number
  /** Lets timers and sockets have their turn now and then. */
  readonly pause: () => Promise<void>
}

// What an event was asked for is done once it comes.
const resetBy: Partial<Record<TrainerEvent, readonly (keyof TrainerControl)[]>> = {
  onTrainBegin: ['shouldTrainingStop'],
  onEpochBegin: ['shouldEpochStop'],
  onStepBegin: ['shouldLog', 'shouldEvaluate', 'shouldSave'],
  onLog: ['shouldLog'],
  onEvaluate: ['shouldEvaluate'],
  onSave: ['shouldSave'],
}

/** Tells the callbacks of an event. */
export async function fire(session: TrainingSession, event: TrainerEvent, more?: object): Promise<void> {
  const { args, state, control, model, callbacks } = session
  for (const name of resetBy[event] ?? []) control[name] = false
  await callbacks.fire(event, { args, state, control, model }, more)
}

/** Adds to the log: metrics, with where the training is. */
export async function logMetrics(session: TrainingSession, metrics: Readonly<Record<string, number>>): Promise<void> {
  const { state } = session
  const logs = { ...metrics, epoch: state.epoch }
  state.logHistory.push({ ...logs, step: state.globalStep })
  await fire(session, 'onLog', { logs })
}

/** `<split>_runtime` and rates, rounded as Hugging Face's `speed_metrics` rounds them. */
export function speedMetrics(
  split: string,
  seconds: number,
  sampleCount: number,
  stepCount: number,
): Record<string, number> {
  const rate = (count: number) => (seconds > 0 ? round(count / seconds, 3) : 0)
  return {
    [`${split}_runtime`]: round(seconds, 4),
    [`${split}_samples_per_second`]: rate(sampleCount),
    [`${split}_steps_per_second`]: rate(stepCount),
  }
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
