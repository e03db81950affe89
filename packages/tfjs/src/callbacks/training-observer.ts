import type { ModelLike, TrainingParams } from '../tensorflow-like.ts'

/** What is known of a training when it begins. */
export interface TrainingContext {
  readonly params: TrainingParams
  /** The model given in the options, else the one that tfjs tells class callbacks. */
  readonly model: ModelLike | undefined
  /** Facts about the tfjs that trains, if it was given. */
  readonly environment: { readonly version?: string; readonly backend?: string }
}

/** Values of a batch or an epoch. Reading may wait for a GPU, so it happens on demand, and once. */
export type ReadValues = () => Promise<Readonly<Record<string, number>>>

/**
 * Something that watches a training, whichever of tfjs's two callback shapes brings the events. Whatever it throws is
 * caught and reported.
 */
export interface TrainingObserver {
  onTrainBegin?(context: TrainingContext): void
  onEpochEnd?(epoch: number, readValues: ReadValues): Promise<void>
  /** Left out by an observer without interest in batches: tfjs reads the tensors of every batch for one that has it. */
  onBatchEnd?(readValues: ReadValues): Promise<void>
}
