import { activeRun } from '@lossline/core'
import { messageOf, type Shadowing } from '@lossline/core/adapter'
import type { CommonOptions } from '../callbacks/callback-options.ts'
import type { TrainingObserver } from '../callbacks/training-observer.ts'
import { noModel, noRun, type ReportProblem } from '../problems.ts'
import type { LoggedValue, RunLike } from '../run-like.ts'
import type { ModelLike } from '../tensorflow-like.ts'
import { toGradientRow, toHistogram } from './gradient-row.ts'
import { type HistogramsOptions, parseHistogramsOptions } from './histogram-options.ts'
import { watchOptimizer } from './watch-optimizer.ts'

interface Training {
  readonly run: RunLike
  readonly model: ModelLike
}

/** Logs histograms of weights and gradients, and norms of gradients. */
export function createHistogramsObserver(
  options: CommonOptions & HistogramsOptions,
  report: ReportProblem,
): TrainingObserver {
  const { prefix = '' } = options
  const { weightsEveryEpochs, gradientsEverySteps, gradientHistograms, binCount } = parseHistogramsOptions(options)
  let training: Training | undefined
  let watching: Shadowing | undefined
  // Step whose gradients are wanted: only between the beginning of its batch and the optimizer's step.
  let dueStep: number | undefined

  const stop = (): void => {
    watching?.undo()
    watching = undefined
    dueStep = undefined
    training = undefined
  }
  const watch = ({ run, model }: Training): Shadowing | undefined => {
    if (model.optimizer === undefined) return undefined
    const names = new Map(model.weights?.map(({ name, originalName }) => [name, originalName]))
    const rowOptions = {
      prefix,
      binCount: gradientHistograms ? binCount : undefined,
      nameOf: (name: string) => names.get(name) ?? name,
    }
    return watchOptimizer(model.optimizer, {
      takerOfStep() {
        const step = dueStep
        dueStep = undefined
        if (step === undefined) return undefined
        return (gradients) => run.log({ [`${prefix}batch/batch_step`]: step, ...toGradientRow(gradients, rowOptions) })
      },
      onError: (cause) => report(toProblem(cause)),
    })
  }

  return {
    onTrainBegin({ model }) {
      stop()
      const run = options.run ?? activeRun()
      if (run === undefined) return report(noRun)
      if (model === undefined) return report(noModel('A histogram of weights'))
      training = { run, model }
      defineMetrics(run, prefix)
      if (gradientsEverySteps !== undefined) watching = watch(training)
    },
    onBatchBegin({ globalStep }) {
      if (gradientsEverySteps !== undefined && globalStep % gradientsEverySteps === 0) dueStep = globalStep
    },
    async onEpochEnd(_readValues, { epoch }) {
      if (training === undefined || weightsEveryEpochs === undefined || (epoch + 1) % weightsEveryEpochs !== 0) return
      const weights = await toWeightsRow(training.model, prefix, binCount)
      training.run.log({ [`${prefix}epoch/epoch`]: epoch, ...weights })
    },
    onTrainEnd: stop,
    onTrainError: stop,
  }
}

function defineMetrics(run: RunLike, prefix: string): void {
  const batchStep = `${prefix}batch/batch_step`
  const epoch = `${prefix}epoch/epoch`
  for (const counter of [batchStep, epoch]) run.defineMetric(counter)
  run.defineMetric(`${prefix}gradients/*`, { stepMetric: batchStep })
  run.defineMetric(`${prefix}gradient_norm/*`, { stepMetric: batchStep })
  run.defineMetric(`${prefix}parameters/*`, { stepMetric: epoch })
}

async function toWeightsRow(
  { weights = [] }: ModelLike,
  prefix: string,
  binCount: number,
): Promise<Record<string, LoggedValue>> {
  const values = await Promise.all(weights.map((weight) => weight.read().data()))
  const histograms = weights.map(({ originalName }, index) => {
    return [`${prefix}parameters/${originalName}`, toHistogram(values[index] ?? [], binCount)] as const
  })
  return Object.fromEntries(histograms.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])))
}

function toProblem(cause: unknown) {
  return {
    code: 'tfjs-gradients-unreadable' as const,
    message: `The gradients of a step could not be logged: ${messageOf(cause)}`,
    hint: 'Training goes on. On WebGPU tensors cannot be read at once: pass gradientsEverySteps: false.',
    cause,
  }
}
