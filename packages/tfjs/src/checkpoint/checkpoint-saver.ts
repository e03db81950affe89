import type { CommonOptions } from '../callbacks/callback-options.ts'
import { parseCount } from '../callbacks/callback-options.ts'
import type { TrainingContext } from '../callbacks/training-observer.ts'
import { withoutNullish } from '../model/describe-model.ts'
import type { ReportProblem } from '../problems.ts'
import type { RunLike } from '../run-like.ts'
import type { ModelLike } from '../tensorflow-like.ts'
import type { CheckpointOptions } from './checkpoint-options.ts'
import { type CheckpointPolicy, type EpochDecision, toDirection } from './checkpoint-policy.ts'
import { defaultCheckpointName, writeCheckpoint } from './checkpoint-writer.ts'
import { collectModelArtifacts } from './collect-model-artifacts.ts'
import { createVersionPruner } from './version-pruner.ts'

/** A training that has a run and a model. */
export interface CheckpointedTraining extends TrainingContext {
  readonly run: RunLike
  readonly model: ModelLike
}

/** An epoch that has ended. */
export interface EndedEpoch {
  readonly decision: EpochDecision
  readonly values: Readonly<Record<string, number>>
}

export interface SaveRequest {
  readonly initialEpoch: number
  readonly globalStep: number
  readonly aliases: readonly string[]
  /** The epoch whose values the weights have, if an epoch ends here. */
  readonly last: EndedEpoch | undefined
}

/** Saves models as versions of one artifact, and deletes those that `keepBest` does not want. */
export interface CheckpointSaver {
  /** The step that was saved last, or that the training began with. */
  readonly savedStep: number
  trainBegin(globalStep: number): void
  save(training: CheckpointedTraining, request: SaveRequest): Promise<void>
  /** Resolves when nothing is left to delete. Never rejects. */
  settled(): Promise<void>
}

/** @throws {@link TfjsOptionError} */
export function createCheckpointSaver(
  options: Pick<CommonOptions, 'prefix'> & CheckpointOptions,
  policy: CheckpointPolicy,
  report: ReportProblem,
): CheckpointSaver {
  const { includeOptimizer = true, prefix = '', aliases = [], mode } = options
  const keepBest = parseCount('keepBest', options.keepBest)
  const pruner = keepBest === undefined ? undefined : createVersionPruner(keepBest, report)
  let savedStep = -1
  return {
    get savedStep() {
      return savedStep
    },
    trainBegin(globalStep) {
      savedStep = globalStep
    },
    async save(training, request) {
      const { run, model } = training
      const artifacts = await collectModelArtifacts(model, { includeOptimizer, report })
      if (artifacts === undefined) return
      const { initialEpoch, globalStep } = request
      const { best, monitor } = policy
      const checkpoint = {
        name: options.name ?? defaultCheckpointName(run, prefix),
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
      const isBest = request.aliases.includes('best')
      if (version !== undefined) pruner?.add(version, { score: toScore(request.last?.decision, mode), isBest })
    },
    settled: async () => pruner?.settled(),
  }
}

function toScore(decision: EpochDecision | undefined, mode: CheckpointOptions['mode'] = 'auto'): number | undefined {
  if (decision?.value === undefined || Number.isNaN(decision.value)) return undefined
  return toDirection(decision.monitor, mode) === 'max' ? decision.value : -decision.value
}

function describe({ model, environment }: CheckpointedTraining, { initialEpoch, globalStep, last }: SaveRequest) {
  return withoutNullish({
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
