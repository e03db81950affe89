import type { FileContents } from '../node/checkpoint-files.ts'
import type { TrainerControl, TrainerState } from './trainer-state.ts'
import type { ParsedArguments } from './training-arguments.ts'

/** What every event gets. */
export interface TrainerContext {
  readonly args: ParsedArguments
  readonly state: TrainerState
  readonly control: TrainerControl
  /** The model that is trained. */
  readonly model: TrainedModel
}

/** What callbacks may know of the model. */
export interface TrainedModel {
  readonly parameterCount: number
  /** For the config of a run. */
  readonly config: Readonly<Record<string, unknown>>
  /** Its files as they are now, by name. */
  toFiles(): Promise<FileContents>
}

/** A control that replaces the one there was, or nothing. */
export type ControlResult = TrainerControl | void | Promise<TrainerControl | undefined> | Promise<void>

/**
 * Hugging Face's `TrainerCallback`: its sixteen events, in camelCase. Each may change `control`, or return another one.
 * Errors end the training.
 */
export interface TrainerCallback {
  /** Under which name {@link saveState} is kept in checkpoints. */
  readonly name?: string
  onInitEnd?(context: TrainerContext): ControlResult
  onTrainBegin?(context: TrainerContext): ControlResult
  onEpochBegin?(context: TrainerContext): ControlResult
  /** Before the batches of an update. */
  onStepBegin?(context: TrainerContext): ControlResult
  /** After gradients were cut, before the update. */
  onPreOptimizerStep?(context: TrainerContext): ControlResult
  /** After the update, before the gradients are forgotten. */
  onOptimizerStep?(context: TrainerContext): ControlResult
  /** After a batch that is not the last one of its update. */
  onSubstepEnd?(context: TrainerContext): ControlResult
  /** After an update. */
  onStepEnd?(context: TrainerContext): ControlResult
  onLog?(context: TrainerContext & { readonly logs: Readonly<Record<string, number>> }): ControlResult
  onEvaluate?(context: TrainerContext & { readonly metrics: Readonly<Record<string, number>> }): ControlResult
  onPredict?(context: TrainerContext & { readonly metrics: Readonly<Record<string, number>> }): ControlResult
  /** After each batch of an evaluation. */
  onPredictionStep?(context: TrainerContext): ControlResult
  /** After a checkpoint was saved. */
  onSave?(context: TrainerContext & { readonly checkpoint: string }): ControlResult
  onEpochEnd?(context: TrainerContext): ControlResult
  onTrainEnd?(context: TrainerContext): ControlResult
  /** Never called: nothing is pushed to a hub. */
  onPushBegin?(context: TrainerContext): ControlResult
  /** What a resumed training needs of this callback; anything that JSON can hold. */
  saveState?(): unknown
  loadState?(state: unknown): void
}

/** Names of the events. */
export type TrainerEvent = Exclude<keyof TrainerCallback, 'name' | 'saveState' | 'loadState'>
