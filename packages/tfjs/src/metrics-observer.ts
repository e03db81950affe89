import { activeRun } from '@lossline/core'
import { type MetricsLoggerOptions, parseLogFreq } from './callbacks/callback-options.ts'
import type { TrainingContext, TrainingObserver } from './callbacks/training-observer.ts'
import { readTensorMemory } from './environment/engine.ts'
import { defineStepMetric } from './logs/define-step-metric.ts'
import { createThroughputMeter } from './logs/throughput-meter.ts'
import {
  describeFunctions,
  describeModel,
  describeOptimizer,
  readLearningRate,
  withoutNullish,
} from './model/describe-model.ts'
import { logModelGraph } from './model/model-graph.ts'
import { noRun, type ReportProblem } from './problems.ts'
import type { RunLike } from './run-like.ts'
import type { ModelLike } from './tensorflow-like.ts'

/** One training, from its begin on. */
interface Training {
  readonly run: RunLike
  readonly model: ModelLike | undefined
}

/**
 * Logs the values of epochs and batches under the names of W&B's Keras callback, and describes the training in the config.
 *
 * @throws TfjsOptionError when an option has a value that it cannot have.
 */
export function createMetricsObserver(options: MetricsLoggerOptions, report: ReportProblem): TrainingObserver {
  const { prefix = '' } = options
  const batchesPerRow = parseLogFreq(options.logFreq)
  const throughput = createThroughputMeter()
  const describedTo = new WeakSet<RunLike>()
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
      throughput.trainBegin(context.params)
      const run = options.run ?? activeRun()
      if (run === undefined) return report(noRun)
      training = { run, model: context.model }
      const isFirst = !describedTo.has(run)
      describedTo.add(run)
      if (isFirst) {
        defineStepMetric(run, `${prefix}epoch`, 'epoch')
        run.defineMetric(`${prefix}performance/*`, { stepMetric: `${prefix}epoch/epoch` })
        if (batchesPerRow !== undefined) defineStepMetric(run, `${prefix}batch`, 'batch_step')
      }
      run.config.update({ [`${prefix}tfjs`]: describeTraining(context) }, { allowValChange: true })
      if (isFirst && context.model !== undefined) logModelGraph(run, `${prefix}graph`, context.model)
    },
    onEpochBegin: () => throughput.epochBegin(),
    onBatchBegin: (_position, size) => throughput.batchBegin(size),
    async onEpochEnd(readValues, { epoch }) {
      const samplesPerSecond = throughput.epochEnd()
      if (training === undefined) return
      const row = toRow('epoch', 'epoch', epoch, await readValues())
      const memory = readTensorMemory()
      const performance = {
        samples_per_second: samplesPerSecond,
        tensor_count: memory?.numTensors,
        tensor_bytes: memory?.numBytes,
      }
      for (const [name, value] of Object.entries(performance)) {
        if (value !== undefined) row[`${prefix}performance/${name}`] = value
      }
      training.run.log(row)
    },
  }
  if (batchesPerRow !== undefined) {
    observer.onBatchEnd = async (readValues, { globalStep }) => {
      if (training === undefined || globalStep % batchesPerRow !== 0) return
      training.run.log(toRow('batch', 'batch_step', globalStep, await readValues()))
    }
  }
  return observer
}

function describeTraining({ params, model, environment }: TrainingContext): Record<string, unknown> {
  const { epochs, initialEpoch, samples, steps, batchSize, doValidation } = params
  return withoutNullish({
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
