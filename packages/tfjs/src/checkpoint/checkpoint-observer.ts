import { activeRun } from '@lossline/core'
import type { CommonOptions } from '../callbacks/callback-options.ts'
import type { TrainingObserver } from '../callbacks/training-observer.ts'
import { noModel, noRun, type ReportProblem, type TfjsProblem } from '../problems.ts'
import { copyWeights, hasWeights, type KeptWeights, restoreWeights } from '../restore/best-weights.ts'
import type { ModelLike } from '../tensorflow-like.ts'
import { type CheckpointOptions, checkArtifactOptions, toPolicyOptions } from './checkpoint-options.ts'
import { type BestValue, createCheckpointPolicy } from './checkpoint-policy.ts'
import { type CheckpointedTraining, createCheckpointSaver, type EndedEpoch } from './checkpoint-saver.ts'

/** What a program can ask of checkpoints, beside and after the training. */
export interface CheckpointMethods {
  /**
   * Sets the weights of the best epoch, which are kept in memory.
   *
   * @param model - Default: the model that was trained.
   * @returns that epoch and its value; `undefined`, and nothing is changed, when no epoch of this training was the best.
   * @throws {@link TfjsCheckpointError} for a model with other weights.
   */
  restoreBest(model?: ModelLike): Promise<BestValue | undefined>
  /** Resolves when all that `keepBest` wants deleted is deleted. Await it before `run.finish()`. Never rejects. */
  settled(): Promise<void>
}

/** Saves checkpoints of a training, and keeps the best weights. */
export function createCheckpointObserver(
  options: Omit<CommonOptions, 'initialGlobalStep' | 'onProblem'> & CheckpointOptions,
  report: ReportProblem,
): { readonly observer: TrainingObserver; readonly methods: CheckpointMethods } {
  const { saveBest = true, saveAtEnd = true, prefix = '' } = options
  checkArtifactOptions(options)
  const policy = createCheckpointPolicy(toPolicyOptions(options))
  const saver = createCheckpointSaver(options, policy, report)
  let training: CheckpointedTraining | undefined
  let trained: ModelLike | undefined
  let bestWeights: { readonly weights: KeptWeights; readonly best: BestValue } | undefined
  let last: EndedEpoch | undefined
  /** Weights at the beginning, until the model is seen to train. */
  let untrained: KeptWeights | undefined

  const observer: TrainingObserver = {
    async onTrainBegin({ model, ...context }, { globalStep }) {
      training = undefined
      last = undefined
      const run = options.run ?? activeRun()
      if (run === undefined) return report(noRun)
      if (model === undefined) return report(noModel('A checkpoint'))
      trained = model
      training = { ...context, run, model }
      saver.trainBegin(globalStep)
      untrained = await copyWeights(model)
    },
    async onEpochEnd(readValues, { epoch, globalStep }) {
      if (training === undefined) return
      const values = await readValues()
      if (untrained !== undefined && (await hasWeights(training.model, untrained))) return report(otherModel)
      untrained = undefined
      const decision = policy.atEpochEnd(epoch, values)
      last = { decision, values }
      if (decision.value === undefined) report(noMonitor(decision.monitor, values))
      if (decision.isBest && policy.best !== undefined) {
        bestWeights = { weights: await copyWeights(training.model), best: policy.best }
        training.run.summary?.update(describeBest(prefix, decision.monitor, policy.best))
      }
      if (!decision.isSaved) return
      const bestAlias = decision.isBest && saveBest ? ['best'] : []
      await saver.save(training, {
        initialEpoch: epoch + 1,
        globalStep,
        aliases: [...bestAlias, `epoch_${epoch}`],
        last,
      })
    },
    async onTrainEnd({ epoch, globalStep }) {
      const isStepDue = policy.atBatchEnd(globalStep)
      const aliases = [`epoch_${epoch}`, ...(isStepDue ? [`step_${globalStep}`] : [])]
      if (
        training !== undefined &&
        untrained === undefined &&
        (saveAtEnd || isStepDue) &&
        globalStep > saver.savedStep
      ) {
        await saver.save(training, { initialEpoch: epoch + 1, globalStep, aliases, last })
      }
      training = undefined
    },
  }
  if (options.everySteps !== undefined) {
    // The weights after a batch are those before the next one; `onBatchEnd` would make tfjs read every batch's tensors.
    observer.onBatchBegin = async ({ epoch, globalStep }) => {
      if (training === undefined || globalStep === 0 || !policy.atBatchEnd(globalStep)) return
      await saver.save(training, { initialEpoch: epoch, globalStep, aliases: [`step_${globalStep}`], last: undefined })
    }
  }
  const restoreBest = async (model = trained): Promise<BestValue | undefined> => {
    if (bestWeights === undefined || model === undefined) return undefined
    await restoreWeights(model, bestWeights.weights)
    return bestWeights.best
  }
  return { observer, methods: { restoreBest, settled: () => saver.settled() } }
}

/** A checkpoint of a model that does not train would be restored over one that did. */
const otherModel: TfjsProblem = {
  code: 'tfjs-other-model',
  message: 'No weight of the given model has changed in an epoch, so nothing of it is saved.',
  hint: 'Pass the model that trains: losslineCallback({ run, model }).',
}

function describeBest(prefix: string, monitor: string, { epoch, value }: BestValue): Record<string, number> {
  return { [`${prefix}best/epoch`]: epoch, [`${prefix}best/${monitor}`]: value }
}

function noMonitor(monitor: string, values: Readonly<Record<string, number>>) {
  return {
    code: 'tfjs-monitor-missing' as const,
    message: `The epoch has no value "${monitor}", so no checkpoint is the best.`,
    hint: `Pass monitor: one of ${Object.keys(values).join(', ')}.`,
  }
}
