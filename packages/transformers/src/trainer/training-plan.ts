import { countWarmupSteps } from './schedules.ts'
import type { ParsedArguments } from './training-arguments.ts'

/** How long a training is. */
export interface TrainingPlan {
  readonly batchesPerEpoch: number
  readonly updatesPerEpoch: number
  /** Epochs that are begun. */
  readonly epochCount: number
  readonly maxSteps: number
  readonly warmupSteps: number
}

/** Plans a training as Hugging Face's Trainer counts it: what is left of an epoch's batches makes an update of its own. */
export function planTraining(args: ParsedArguments, exampleCount: number): TrainingPlan {
  const { perDeviceTrainBatchSize: batchSize, dataloaderDropLast, gradientAccumulationSteps, numTrainEpochs } = args
  const batchesPerEpoch = dataloaderDropLast
    ? Math.floor(exampleCount / batchSize)
    : Math.ceil(exampleCount / batchSize)
  const updatesPerEpoch = Math.max(1, Math.ceil(batchesPerEpoch / gradientAccumulationSteps))
  const maxSteps = args.maxSteps > 0 ? args.maxSteps : Math.ceil(numTrainEpochs * updatesPerEpoch)
  return {
    batchesPerEpoch,
    updatesPerEpoch,
    epochCount: args.maxSteps > 0 ? Math.ceil(maxSteps / updatesPerEpoch) : Math.ceil(numTrainEpochs),
    maxSteps,
    warmupSteps: countWarmupSteps(args.warmupSteps, args.warmupRatio, maxSteps),
  }
}
