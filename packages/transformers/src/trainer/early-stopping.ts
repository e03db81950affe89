import { checkOptions } from '@lossline/core/adapter'
import { TransformersOptionError } from '../errors.ts'
import { bestMetricOf, isBetter } from './best-metric.ts'
import type { TrainerCallback } from './trainer-callback.ts'

/** When to give up, with the names of Hugging Face's `EarlyStoppingCallback`. */
export interface EarlyStoppingOptions {
  /** Evaluations without a better value. Default 1. */
  readonly earlyStoppingPatience?: number | undefined
  /** How much better is better. Default 0. */
  readonly earlyStoppingThreshold?: number | undefined
}

/**
 * Ends a training when `metricForBestModel` has not got better for some evaluations.
 *
 * @throws TransformersOptionError for a patience or threshold that cannot be. At the begin of the training, when the
 *   arguments name no metric or ask for no evaluations.
 * @example new Trainer({ …, callbacks: [earlyStopping({ earlyStoppingPatience: 3 })] })
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): TrainerCallback {
  checkOptions('earlyStopping', options, { earlyStoppingPatience: true, earlyStoppingThreshold: true })
  const { earlyStoppingPatience: patience = 1, earlyStoppingThreshold: threshold = 0 } = options
  if (!(Number.isSafeInteger(patience) && patience >= 1 && threshold >= 0)) {
    throw new TransformersOptionError(
      `earlyStopping: patience ${patience}, threshold ${threshold}.`,
      'Pass a patience that is a whole number from 1, and a threshold from 0.',
    )
  }
  let patienceCounter = 0
  return {
    name: 'earlyStopping',
    onTrainBegin({ args }) {
      if (args.metricForBestModel !== undefined && args.evalStrategy !== 'no') return
      throw new TransformersOptionError(
        'earlyStopping needs evaluations and a metric.',
        "Set evalStrategy to 'steps' or 'epoch', and metricForBestModel.",
      )
    },
    onEvaluate({ args, state, control, metrics }) {
      const value = bestMetricOf(args, metrics)
      if (value === undefined) return
      const best = state.bestMetric
      const isEnough = isBetter(value, best, args) && (best === undefined || Math.abs(value - best) > threshold)
      patienceCounter = isEnough ? 0 : patienceCounter + 1
      if (patienceCounter >= patience) control.shouldTrainingStop = true
    },
    saveState: () => ({ patienceCounter }),
    loadState(state) {
      const saved = (state as { patienceCounter?: unknown } | null)?.patienceCounter
      if (typeof saved === 'number') patienceCounter = saved
    },
  }
}
