import type { ModelLike, TrainingParams } from '../tensorflow-like.ts'

/** What is known of a training when it begins. */
export interface TrainingContext {
  readonly params: TrainingParams
  /** The model given in the options, else the one that tfjs tells class callbacks. */
  readonly model: ModelLike | undefined
  /** Facts about the tfjs that trains, as far as they are known. */
  readonly environment: TrainingEnvironment
}

/** Which tfjs trains, and on what. */
export interface TrainingEnvironment {
  readonly version?: string
  readonly backend?: string
}

/** Where a training is. */
export interface TrainingPosition {
  /** The epoch that is being trained, or was trained last. */
  readonly epoch: number
  /** Number of the batch that is being trained, counted over all epochs and fits; at the end of an epoch the number of batches. */
  readonly globalStep: number
}

/** Values of a batch or an epoch, under their right names. Reading may wait for a GPU, so it happens on demand, and once. */
export type ReadValues = () => Promise<Readonly<Record<string, number>>>

/**
 * Something that watches a training, whichever of tfjs's two callback shapes brings the events. Whatever it throws is
 * caught and reported.
 */
export interface TrainingObserver {
  onTrainBegin?(context: TrainingContext, position: TrainingPosition): void | Promise<void>
  onEpochBegin?(position: TrainingPosition): void
  /** @param size - Examples of the batch; tfjs tells it in `fitDataset` only. */
  onBatchBegin?(position: TrainingPosition, size: number | undefined): void | Promise<void>
  /** Left out by an observer without interest in batches: tfjs reads the tensors of every batch for one that has it. */
  onBatchEnd?(readValues: ReadValues, position: TrainingPosition): void | Promise<void>
  onEpochEnd?(readValues: ReadValues, position: TrainingPosition): void | Promise<void>
  /** tfjs does not call this when training ends with an error. */
  onTrainEnd?(position: TrainingPosition): void | Promise<void>
  /** Training has ended with an error; only `trackModel` sees that. */
  onTrainError?(): void
}
