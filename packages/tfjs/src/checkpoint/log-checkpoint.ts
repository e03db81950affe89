import { type ArtifactVersion, activeRun } from '@lossline/core'
import { checkOptions, createProblemReporter, type OptionNames } from '@lossline/core/adapter'
import { type CommonOptions, checkRunAndModel } from '../callbacks/callback-options.ts'
import { describeEnvironment } from '../environment/engine.ts'
import { withoutNullish } from '../model/describe-model.ts'
import { noRun, type TfjsProblemCode, toFailure } from '../problems.ts'
import type { ModelLike } from '../tensorflow-like.ts'
import type { CheckpointOptions } from './checkpoint-options.ts'
import type { CheckpointState } from './checkpoint-state.ts'
import { defaultCheckpointName, writeCheckpoint } from './checkpoint-writer.ts'
import { collectModelArtifacts } from './collect-model-artifacts.ts'

/** What is said of a checkpoint that a program logs itself. */
export interface LogCheckpointOptions
  extends Pick<CommonOptions, 'run' | 'prefix' | 'onProblem'>,
    Pick<CheckpointOptions, 'name' | 'includeOptimizer' | 'aliases' | 'metadata'>,
    Partial<CheckpointState> {}

const optionNames: OptionNames<LogCheckpointOptions> = {
  run: true,
  prefix: true,
  onProblem: true,
  name: true,
  includeOptimizer: true,
  aliases: true,
  metadata: true,
  initialEpoch: true,
  globalStep: true,
  monitor: true,
  best: true,
}

/**
 * Logs a model as it is now, as a version of an artifact: what `modelCheckpoint` does, for training loops of one's own.
 * `loadCheckpoint` loads it, and `tf.loadLayersModel` with a `checkpointHandler`.
 *
 * The optimizer's state is saved with a model that was compiled with it.
 *
 * @returns the version, which is queued; `undefined` when there is no run, or the model cannot be saved, which is told to
 *   `onProblem`. Never rejects for what happens while saving.
 * @throws TfjsOptionError, InvalidOptionError when there is no such option, or it has a value that it cannot have.
 * @example await logCheckpoint(model, { run, initialEpoch: epoch + 1, globalStep, aliases: isBest ? ['best'] : [] })
 */
export async function logCheckpoint(
  model: ModelLike,
  options: LogCheckpointOptions = {},
): Promise<ArtifactVersion | undefined> {
  checkOptions('logCheckpoint', options, optionNames)
  checkRunAndModel({ ...options, model })
  const { run = activeRun(), prefix = '', includeOptimizer = true, aliases = [], metadata, monitor, best } = options
  const { initialEpoch = 0, globalStep = 0 } = options
  const report = createProblemReporter<TfjsProblemCode>(options.onProblem)
  if (run === undefined) {
    report(noRun)
    return undefined
  }
  try {
    const artifacts = await collectModelArtifacts(model, { includeOptimizer, report })
    if (artifacts === undefined) return undefined
    const described = withoutNullish({
      framework: 'tfjs',
      ...describeEnvironment(undefined, model),
      modelName: model.name,
      parameterCount: model.countParams?.(),
      initialEpoch,
      globalStep,
    })
    const state = {
      initialEpoch,
      globalStep,
      ...(monitor === undefined ? {} : { monitor }),
      ...(best === undefined ? {} : { best }),
    }
    const name = options.name ?? defaultCheckpointName(run, prefix)
    return writeCheckpoint(run, { name, artifacts, state, aliases, metadata: { ...described, ...metadata } }, report)
  } catch (cause) {
    report(toFailure('Logging of a checkpoint', cause))
    return undefined
  }
}
