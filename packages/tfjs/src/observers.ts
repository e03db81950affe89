import { checkOptions, type OptionNames } from '@lossline/core/adapter'
import { type MetricsLoggerOptions, metricsOptionNames } from './callbacks/callback-options.ts'
import type { TrainingObserver } from './callbacks/training-observer.ts'
import { type CheckpointMethods, createCheckpointObserver } from './checkpoint/checkpoint-observer.ts'
import { type CheckpointOptions, checkpointOptionNames, checkResume } from './checkpoint/checkpoint-options.ts'
import type { CheckpointState } from './checkpoint/checkpoint-state.ts'
import { TfjsOptionError } from './errors.ts'
import { createEvaluationObserver } from './evaluation-table/evaluation-observer.ts'
import { type EvaluationOptions, evaluationOptionNames } from './evaluation-table/evaluation-options.ts'
import { type HistogramsOptions, histogramsOptionNames } from './histograms/histogram-options.ts'
import { createHistogramsObserver } from './histograms/histograms-observer.ts'
import { createMetricsObserver } from './metrics-observer.ts'
import type { ReportProblem } from './problems.ts'

/** What to log, and where to. All of it is optional. */
export interface LosslineCallbackOptions extends MetricsLoggerOptions {
  /** Saves checkpoints of the model: `true` the best epoch and the end, or what `modelCheckpoint` takes. Default: none. */
  readonly checkpoint?: boolean | CheckpointOptions | undefined
  /** Logs tables of predictions for the same examples after each epoch: what `evaluationTable` takes. Default: none. */
  readonly evaluation?: EvaluationOptions | undefined
  /** Logs weights and gradients: `true` at the defaults of `modelHistograms`, or what that takes. Default: not. */
  readonly histograms?: boolean | HistogramsOptions | undefined
  /**
   * State of the checkpoint that the training goes on from, as `loadCheckpoint` gives it: batches are counted on, and only
   * what is better than its best value counts as best. `fit` needs its `initialEpoch`.
   */
  readonly resume?: CheckpointState | undefined
}

export const losslineOptionNames: OptionNames<LosslineCallbackOptions> & { readonly tf: true } = {
  ...metricsOptionNames,
  checkpoint: true,
  evaluation: true,
  histograms: true,
  resume: true,
}

/** All that watches a training with these options, and what a program can ask of it. */
export interface Observers {
  readonly observers: readonly TrainingObserver[]
  readonly methods: CheckpointMethods
}

const noCheckpoints: CheckpointMethods = {
  async restoreBest() {
    throw new TfjsOptionError('restoreBest needs checkpoints, which were not asked for.', 'Pass checkpoint: true.')
  },
  async settled() {},
}

/** @throws {@link TfjsOptionError}, {@link InvalidOptionError} */
export function createObservers(options: LosslineCallbackOptions, report: ReportProblem): Observers {
  const { checkpoint = false, evaluation, histograms = false, resume, ...common } = options
  checkResume(resume)
  const observers: TrainingObserver[] = [createMetricsObserver(common, report)]
  let methods = noCheckpoints
  if (checkpoint !== false) {
    const checkpointOptions = checkpoint === true ? {} : checkpoint
    checkOptions('The option checkpoint', checkpointOptions, checkpointOptionNames)
    const created = createCheckpointObserver({ ...common, resume, ...checkpointOptions }, report)
    observers.push(created.observer)
    methods = created.methods
  }
  if (evaluation !== undefined) {
    checkOptions('The option evaluation', evaluation, evaluationOptionNames)
    observers.push(createEvaluationObserver({ ...common, ...evaluation }, report))
  }
  if (histograms !== false) {
    const histogramsOptions = histograms === true ? {} : histograms
    checkOptions('The option histograms', histogramsOptions, histogramsOptionNames)
    observers.push(createHistogramsObserver({ ...common, ...histogramsOptions }, report))
  }
  return { observers, methods }
}
