import { activeRun } from '@lossline/core'
import {
  checkOptions,
  createProblemReporter,
  describeValue,
  hasMethod,
  type OptionNames,
  type Shadowing,
} from '@lossline/core/adapter'
import { type CommonOptions, checkRunAndModel, parseCount } from '../callbacks/callback-options.ts'
import { TfjsOptionError } from '../errors.ts'
import { noRun, type TfjsProblemCode, toFailure } from '../problems.ts'
import type { OptimizerLike } from '../tensorflow-like.ts'
import { toGradientRow } from './gradient-row.ts'
import { parseHistogramsOptions } from './histogram-options.ts'
import { watchOptimizer } from './watch-optimizer.ts'

/** What to log of the gradients of a training loop of one's own. */
export interface WatchGradientsOptions extends Pick<CommonOptions, 'run' | 'prefix' | 'onProblem'> {
  /** Logs every n-th step of the optimizer, from its first on. Default: 100. */
  readonly everySteps?: number | undefined
  /** Whether gradients are logged as histograms too, and not as norms alone. Default: true. */
  readonly histograms?: boolean | undefined
  /** Bins of a histogram, 1 to 512. Default: 64. */
  readonly binCount?: number | undefined
}

const optionNames: OptionNames<WatchGradientsOptions> = {
  run: true,
  prefix: true,
  onProblem: true,
  everySteps: true,
  histograms: true,
  binCount: true,
}

/**
 * Logs the gradients that an optimizer applies, for loops with `optimizer.minimize`: norms under `gradient_norm/…` and
 * histograms under `gradients/…`, over `gradients/step`. Watching an optimizer again changes nothing.
 *
 * @returns what ends it.
 * @throws TfjsOptionError, InvalidOptionError when there is no such option, or it has a value that it cannot have.
 * @example
 * const watching = watchGradients(optimizer, { run, everySteps: 10 })
 * for (const batch of batches) optimizer.minimize(() => lossOf(batch))
 * watching.undo()
 */
export function watchGradients(optimizer: OptimizerLike, options: WatchGradientsOptions = {}): Shadowing {
  if (!hasMethod(optimizer, 'applyGradients')) {
    throw new TfjsOptionError(
      `watchGradients was given ${describeValue(optimizer)}, not an optimizer.`,
      'Pass what tf.train.adam() or the like gives; of a compiled model, model.optimizer.',
    )
  }
  checkOptions('watchGradients', options, optionNames)
  checkRunAndModel(options)
  const { prefix = '', histograms = true, run: given } = options
  const everySteps = parseCount('everySteps', options.everySteps) ?? 100
  const { binCount } = parseHistogramsOptions({ binCount: options.binCount })
  const report = createProblemReporter<TfjsProblemCode>(options.onProblem)
  const stepKey = `${prefix}gradients/step`
  let nextStep = 0
  let hasDefined = false

  const watching = watchOptimizer(optimizer, {
    takerOfStep() {
      const step = nextStep
      nextStep += 1
      if (step % everySteps !== 0) return undefined
      const run = given ?? activeRun()
      if (run === undefined) {
        report(noRun)
        return undefined
      }
      if (!hasDefined) {
        run.defineMetric(stepKey)
        run.defineMetric(`${prefix}gradients/*`, { stepMetric: stepKey })
        run.defineMetric(`${prefix}gradient_norm/*`, { stepMetric: stepKey })
        hasDefined = true
      }
      const rowOptions = { prefix, binCount: histograms ? binCount : undefined, nameOf: (name: string) => name }
      return (gradients) => run.log({ [stepKey]: step, ...toGradientRow(gradients, rowOptions) })
    },
    onError: (cause) => report(toFailure('Logging of gradients', cause)),
  })
  return watching ?? { undo: () => {} }
}
