import { activeRun } from '@lossline/core'
import { type MetricsLoggerOptions, parseInitialGlobalStep, parseLogFreq } from './callbacks/callback-options.ts'
import type { TrainingContext, TrainingObserver } from './callbacks/training-observer.ts'
import { countOutputs, repairShiftedValidation, toMetricNames } from './logs/validation-shift.ts'
import {
  describeFunctions,
  describeModel,
  describeOptimizer,
  readLearningRate,
  withoutUndefined,
} from './model/describe-model.ts'
import type { ReportProblem } from './problems.ts'
import type { RunLike } from './run-like.ts'
import type { ModelLike } from './tensorflow-like.ts'

/** One training, from its begin on. */
interface Training {
  readonly run: RunLike
  readonly model: ModelLike | undefined
  readonly metricNames: readonly string[]
  readonly outputCount: number
}

/**
 * Logs the values of epochs and batches under the names of W&B's Keras callback, and describes the training in the config.
 *
 * @throws TfjsOptionError when an option has a value that it cannot have.
 */
export function createMetricsObserver(options: MetricsLoggerOptions, report: ReportProblem): TrainingObserver {
  const { prefix = '' } = options
  const batchesPerRow = parseLogFreq(options.logFreq)
  const definedIn = new WeakSet<RunLike>()
  // Counted here: neither the batch index, which starts anew with every epoch, nor the optimizer's count will do.
  let globalStep = parseInitialGlobalStep(options.initialGlobalStep)
  let training: Training | undefined

  const toRow = (section: string, counter: string, count: number, values: Readonly<Record<string, number>>) => {
    const row: Record<string, number> = { [`${prefix}${section}/${counter}`]: count }
    for (const [name, value] of Object.entries(values)) row[`${prefix}${section}/${name}`] = value
    const learningRate = readLearningRate(training?.model)
    if (learningRate !== undefined) row[`${prefix}${section}/learning_rate`] = learningRate
    return row
  }

  const observer: TrainingObserver = {
    onTrainBegin(context) {
      training = undefined
      const run = options.run ?? activeRun()
      if (run === undefined) return report(noRun)
      training = toTraining(run, context)
      if (!definedIn.has(run)) defineMetrics(run, prefix, batchesPerRow !== undefined)
      definedIn.add(run)
      run.config.update({ [`${prefix}tfjs`]: describeTraining(context) }, { allowValChange: true })
    },
    async onEpochEnd(epoch, readValues) {
      if (training === undefined) return
      const values = await readValues()
      const repaired = repairShiftedValidation(values, training.metricNames, training.outputCount)
      if (repaired !== undefined) report(shifted(training))
      training.run.log(toRow('epoch', 'epoch', epoch, repaired ?? values))
    },
  }
  if (batchesPerRow !== undefined) {
    observer.onBatchEnd = async (readValues) => {
      const step = globalStep++
      if (training === undefined || step % batchesPerRow !== 0) return
      training.run.log(toRow('batch', 'batch_step', step, await readValues()))
    }
  }
  return observer
}

function toTraining(run: RunLike, { params, model }: TrainingContext): Training {
  const metricNames = toMetricNames(params.metrics ?? [], params.doValidation ?? false)
  return { run, model, metricNames, outputCount: model?.outputs?.length ?? countOutputs(metricNames) }
}

function defineMetrics(run: RunLike, prefix: string, hasBatches: boolean): void {
  const sections = [['epoch', 'epoch'], ...(hasBatches ? [['batch', 'batch_step']] : [])]
  for (const [section, counter] of sections) {
    const stepMetric = `${prefix}${section}/${counter}`
    run.defineMetric(stepMetric)
    run.defineMetric(`${prefix}${section}/*`, { stepMetric })
  }
}

function describeTraining({ params, model, environment }: TrainingContext): Record<string, unknown> {
  const { epochs, initialEpoch, samples, steps, batchSize, doValidation } = params
  return withoutUndefined({
    ...environment,
    epochs,
    initialEpoch,
    samples,
    stepsPerEpoch: steps,
    batchSize,
    hasValidation: doValidation,
    loss: describeFunctions(model?.loss),
    metrics: describeFunctions(model?.metrics),
    optimizer: model?.optimizer === undefined ? undefined : describeOptimizer(model.optimizer),
    model: model === undefined ? undefined : describeModel(model),
  })
}

const noRun = {
  code: 'tfjs-no-run',
  message: 'No run is active, so this training is not logged.',
  hint: 'Call await init() before fit(), or pass the run: losslineCallback({ run }).',
} as const

function shifted({ outputCount, metricNames }: Training) {
  const lostCount = Math.min(outputCount, metricNames.length - outputCount) - 1
  const lost =
    lostCount < 1
      ? ''
      : ` (${metricNames
          .slice(-lostCount)
          .map((name) => `val_${name}`)
          .join(', ')} cannot be)`
  return {
    code: 'tfjs-shifted-validation' as const,
    message: `TensorFlow.js gives the val_* values of a model with ${outputCount} outputs under wrong names (tensorflow/tfjs#5941).`,
    hint: `They are logged under the right ones${lost}; History and other callbacks still show the wrong ones.`,
  }
}
