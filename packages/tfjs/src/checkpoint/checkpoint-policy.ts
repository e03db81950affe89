/** Which way a metric is better. `auto`: larger for accuracies and other scores, smaller for everything else. */
export type MonitorMode = 'auto' | 'min' | 'max'

/** The best value so far, and when it was. */
export interface BestValue {
  readonly epoch: number
  readonly value: number
}

export interface CheckpointPolicyOptions {
  /** The metric that decides. Default: `val_loss`, or `loss` in a training without validation. */
  readonly monitor: string | undefined
  readonly mode: MonitorMode
  /** How much better a value has to be. */
  readonly minDelta: number
  readonly savesBest: boolean
  /** Epochs from one checkpoint to the next; `undefined`: none. */
  readonly everyEpochs: number | undefined
  /** Batches from one checkpoint to the next; `undefined`: none. */
  readonly everySteps: number | undefined
  /** The best value of an earlier training that this one goes on from. */
  readonly best: BestValue | undefined
}

/** What is known when an epoch has ended. */
export interface EpochDecision {
  readonly monitor: string
  /** Value of the metric that decides; `undefined` when the epoch has none. */
  readonly value: number | undefined
  readonly isBest: boolean
  /** Whether a checkpoint is to be saved. */
  readonly isSaved: boolean
}

/** Decides when a checkpoint is saved. Pure: it only counts and compares. */
export interface CheckpointPolicy {
  /** The metric that decides; `undefined` until it is chosen. */
  readonly monitor: string | undefined
  readonly best: BestValue | undefined
  atEpochEnd(epoch: number, values: Readonly<Record<string, number>>): EpochDecision
  /** @param globalStep - Batches that have been trained. */
  atBatchEnd(globalStep: number): boolean
}

export function createCheckpointPolicy(options: CheckpointPolicyOptions): CheckpointPolicy {
  let { monitor, best } = options
  return {
    get monitor() {
      return monitor
    },
    get best() {
      return best
    },
    atEpochEnd(epoch, values) {
      // Chosen at the first epoch and kept: values of two metrics are never compared.
      monitor ??= 'val_loss' in values ? 'val_loss' : 'loss'
      const value = Object.hasOwn(values, monitor) ? values[monitor] : undefined
      const isBest = value !== undefined && isBetter(value, best?.value, { ...options, monitor })
      if (isBest) best = { epoch, value }
      const isDue = options.everyEpochs !== undefined && (epoch + 1) % options.everyEpochs === 0
      return { monitor, value, isBest, isSaved: (isBest && options.savesBest) || isDue }
    },
    atBatchEnd: (globalStep) => options.everySteps !== undefined && globalStep % options.everySteps === 0,
  }
}

/** Whether a value is better than the best so far. NaN never is. */
export function isBetter(
  value: number,
  best: number | undefined,
  { monitor, mode, minDelta }: { readonly monitor: string; readonly mode: MonitorMode; readonly minDelta: number },
): boolean {
  if (Number.isNaN(value)) return false
  if (best === undefined || Number.isNaN(best)) return true
  return toDirection(monitor, mode) === 'max' ? value - minDelta > best : value + minDelta < best
}

// Of these a larger value is better; Keras guesses from the name in the same way.
const scoreNames = /acc|auc|precision|recall|f1|fmeasure|fscore|iou|dice|r2|cosine/i

/** Which way a metric is better. */
export function toDirection(monitor: string, mode: MonitorMode): 'min' | 'max' {
  if (mode !== 'auto') return mode
  return scoreNames.test(monitor) && !/loss|error/i.test(monitor) ? 'max' : 'min'
}
