import type { ParsedArguments } from './training-arguments.ts'

/** One entry of the log: metrics, with `epoch` and `step`. */
export type LogEntry = Readonly<Record<string, number>>

/** Where a training is: Hugging Face's `TrainerState` in camelCase. */
export interface TrainerState {
  /** Epochs done, with their fraction. */
  epoch: number
  /** Updates of the optimizer. */
  globalStep: number
  /** Updates of the whole training. */
  maxSteps: number
  numTrainEpochs: number
  loggingSteps: number
  evalSteps: number
  saveSteps: number
  trainBatchSize: number
  /** All that was logged. */
  logHistory: LogEntry[]
  bestMetric: number | undefined
  bestGlobalStep: number | undefined
  /** Path of the checkpoint of the best evaluation. */
  bestModelCheckpoint: string | undefined
  /** Always true: there is one process. */
  readonly isWorldProcessZero: true
  readonly isLocalProcessZero: true
  /** What callbacks keep over a resume, by their name. */
  callbackStates: Record<string, unknown>
}

/** What a training is asked to do next: Hugging Face's `TrainerControl` in camelCase. Callbacks may change it. */
export interface TrainerControl {
  shouldTrainingStop: boolean
  shouldEpochStop: boolean
  shouldSave: boolean
  shouldEvaluate: boolean
  shouldLog: boolean
}

export function createTrainerState(args: ParsedArguments): TrainerState {
  return {
    epoch: 0,
    globalStep: 0,
    maxSteps: 0,
    numTrainEpochs: 0,
    loggingSteps: args.loggingSteps,
    evalSteps: args.evalSteps,
    saveSteps: args.saveSteps,
    trainBatchSize: args.perDeviceTrainBatchSize,
    logHistory: [],
    bestMetric: undefined,
    bestGlobalStep: undefined,
    bestModelCheckpoint: undefined,
    isWorldProcessZero: true,
    isLocalProcessZero: true,
    callbackStates: {},
  }
}

export function createTrainerControl(): TrainerControl {
  return {
    shouldTrainingStop: false,
    shouldEpochStop: false,
    shouldSave: false,
    shouldEvaluate: false,
    shouldLog: false,
  }
}
