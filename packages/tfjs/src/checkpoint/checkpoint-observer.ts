import { activeRun } from '@lossline/core'
import { type CommonOptions, parseCount } from '../callbacks/callback-options.ts'
import type { TrainingContext, TrainingObserver, TrainingPosition } from '../callbacks/training-observer.ts'
import { withoutUndefined } from '../model/describe-model.ts'
import { noModel, noRun, type ReportProblem } from '../problems.ts'
import { copyWeights, type KeptWeights, restoreWeights } from '../restore/best-weights.ts'
import type { RunLike } from '../run-like.ts'
import type { ModelLike } from '../tensorflow-like.ts'
import { type CheckpointOptions, checkArtifactOptions, toPolicyOptions } from './checkpoint-options.ts'
import { type BestValue, createCheckpointPolicy, type EpochDecision, toDirection } from './checkpoint-policy.ts'
import { writeCheckpoint } from './checkpoint-writer.ts'
import { collectModelArtifacts } from './collect-model-artifacts.ts'
import { createVersionPruner } from './version-pruner.ts'

/** What a program can ask of checkpoints, beside and after the training. */
export interface CheckpointMethods {
  /**
   * Sets the weights of the best epoch, which are kept in memory.
   *
   * @param model - Default: the model that was trained.
   * @returns that epoch and its value; `undefined`, and nothing is changed, when no epoch has ended.
   * @throws {@link TfjsCheckpointError} for a model with other weights.
   */
  restoreBest(model?: ModelLike): Promise<BestValue | undefined>
  /** Resolves when all that `keepBest` wants deleted is deleted. Await it before `run.finish()`. Never rejects. */
  settled(): Promise<void>
}

interface Training extends TrainingContext {
  readonly run: RunLike
  readonly model: ModelLike
}

/** The epoch that has ended last. */
interface LastEpoch {
  readonly decision: EpochDecision
  readonly values: Readonly<Record<string, number>>
}

interface SaveRequest {
  readonly initialEpoch: number
  readonly globalStep: number
  readonly aliases: readonly string[]
  /** The epoch whose values the weights have, if an epoch ends here. */
  readonly last: LastEpoch | undefined
}

/** Saves checkpoints of a training, and keeps the best weights. */
export function createCheckpointObserver(
  options: Omit<CommonOptions, 'initialGlobalStep' | 'onProblem'> & CheckpointOptions,
  report: ReportProblem,
): { readonly observer: TrainingObserver; readonly methods: CheckpointMethods } {
  const { includeOptimizer = true, saveBest = true, saveAtEnd = true, prefix = '', aliases = [] } = options
  checkArtifactOptions(options)
  const policy = createCheckpointPolicy(toPolicyOptions(options))
  const keepBest = parseCount('keepBest', options.keepBest)
  const pruner = keepBest === undefined ? undefined : createVersionPruner(keepBest, report)
  let training: Training | undefined
  let trained: ModelLike | undefined
  let bestWeights: { readonly weights: KeptWeights; readonly best: BestValue } | undefined
  let last: LastEpoch | undefined
  let savedStep = -1

  const save = async (request: SaveRequest): Promise<void> => {
    if (training === undefined) return
    const { run, model } = training
    const artifacts = await collectModelArtifacts(model, { includeOptimizer, report })
    if (artifacts === undefined) return
    const { initialEpoch, globalStep } = request
    const { best } = policy
    const monitor = last?.decision.monitor
    const checkpoint = {
      name: options.name ?? defaultName(run, prefix),
      artifacts,
      state: {
        initialEpoch,
        globalStep,
        ...(monitor === undefined ? {} : { monitor }),
        ...(best === undefined ? {} : { best }),
      },
      aliases: [...request.aliases, ...aliases],
      metadata: { ...describe(training, request), ...options.metadata },
    }
    const version = writeCheckpoint(run, checkpoint, report)
    savedStep = globalStep
    if (version !== undefined) pruner?.add(version, toScore(request.last?.decision, options.mode))
  }

  const observer: TrainingObserver = {
    onTrainBegin({ model, ...context }, { globalStep }) {
      training = undefined
      last = undefined
      savedStep = globalStep
      const run = options.run ?? activeRun()
      if (run === undefined) return report(noRun)
      if (model === undefined) return report(noModel('A checkpoint'))
      trained = model
      training = { ...context, run, model }
    },
    async onEpochEnd(readValues, { epoch, globalStep }) {
      if (training === undefined) return
      const values = await readValues()
      const decision = policy.atEpochEnd(epoch, values)
      last = { decision, values }
      if (decision.value === undefined) report(noMonitor(decision.monitor, values))
      if (decision.isBest && policy.best !== undefined) {
        bestWeights = { weights: await copyWeights(training.model), best: policy.best }
        training.run.summary?.update(describeBest(prefix, decision.monitor, policy.best))
      }
      if (!decision.isSaved) return
      const bestAlias = decision.isBest && saveBest ? ['best'] : []
      await save({ initialEpoch: epoch + 1, globalStep, aliases: [...bestAlias, `epoch_${epoch}`], last })
    },
    async onTrainEnd({ epoch, globalStep }) {
      const aliases = [`epoch_${epoch}`, ...(policy.atBatchEnd(globalStep) ? [`step_${globalStep}`] : [])]
      const isDue = saveAtEnd || policy.atBatchEnd(globalStep)
      if (isDue && globalStep > savedStep) await save({ initialEpoch: epoch + 1, globalStep, aliases, last })
      training = undefined
    },
  }
  if (options.everySteps !== undefined) {
    // The weights after a batch are those before the next one; `onBatchEnd` would make tfjs read every batch's tensors.
    observer.onBatchBegin = async ({ epoch, globalStep }: TrainingPosition) => {
      if (globalStep === 0 || !policy.atBatchEnd(globalStep)) return
      await save({ initialEpoch: epoch, globalStep, aliases: [`step_${globalStep}`], last: undefined })
    }
  }
  return {
    observer,
    methods: {
      async restoreBest(model = trained) {
        if (bestWeights === undefined || model === undefined) return undefined
        await restoreWeights(model, bestWeights.weights)
        return bestWeights.best
      },
      settled: async () => pruner?.settled(),
    },
  }
}

export function defaultName({ id }: RunLike, prefix: string): string {
  // Names hold letters, digits, `_`, `-` and `.`.
  return `run_${id ?? 'unknown'}_${prefix.replace(/[^A-Za-z0-9.-]+/g, '_')}model`
}

function toScore(decision: EpochDecision | undefined, mode: CheckpointOptions['mode'] = 'auto'): number | undefined {
  if (decision?.value === undefined || Number.isNaN(decision.value)) return undefined
  return toDirection(decision.monitor, mode) === 'max' ? decision.value : -decision.value
}

function describeBest(prefix: string, monitor: string, { epoch, value }: BestValue): Record<string, number> {
  return { [`${prefix}best/epoch`]: epoch, [`${prefix}best/${monitor}`]: value }
}

function describe({ model, environment }: Training, { initialEpoch, globalStep, last }: SaveRequest) {
  return withoutUndefined({
    framework: 'tfjs',
    ...environment,
    modelName: model.name,
    parameterCount: model.countParams?.(),
    optimizer: model.optimizer?.getClassName(),
    initialEpoch,
    globalStep,
    monitor: last?.decision.monitor,
    metrics: last === undefined ? undefined : toFinite(last.values),
  })
}

// Metadata is refused whole when a member of it is infinite.
function toFinite(values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value)))
}

function noMonitor(monitor: string, values: Readonly<Record<string, number>>) {
  return {
    code: 'tfjs-monitor-missing' as const,
    message: `The epoch has no value "${monitor}", so no checkpoint is the best.`,
    hint: `Pass monitor: one of ${Object.keys(values).join(', ')}.`,
  }
}
