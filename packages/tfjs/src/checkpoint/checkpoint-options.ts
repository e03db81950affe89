import { Artifact } from '@lossline/core'
import { describeValue, type OptionNames } from '@lossline/core/adapter'
import { type CommonOptions, commonOptionNames, parseCount } from '../callbacks/callback-options.ts'
import { TfjsOptionError } from '../errors.ts'
import type { BestValue, CheckpointPolicyOptions, MonitorMode } from './checkpoint-policy.ts'
import type { CheckpointState } from './checkpoint-state.ts'

/** When checkpoints are saved, and under which name. */
export interface CheckpointOptions {
  /** Name of the artifact. Default: `run_<run id>_model`, as W&B's Keras callback has it; with a prefix, that too. */
  readonly name?: string | undefined
  /** The metric that decides which checkpoint is the best. Default: `val_loss`, or `loss` in a training without validation. */
  readonly monitor?: string | undefined
  /** Which way it is better. Default `'auto'`: larger for accuracies and other scores, smaller for everything else. */
  readonly mode?: MonitorMode | undefined
  /** How much better a value has to be to count as better. Default: 0. */
  readonly minDelta?: number | undefined
  /** Whether every epoch that is better than those before it is saved, with the alias `best`. Default: true. */
  readonly saveBest?: boolean | undefined
  /** Saves every n-th epoch too. Default: none. */
  readonly everyEpochs?: number | undefined
  /** Saves every n-th batch too, counted over all epochs, with the alias `step_<n>`. Default: none. */
  readonly everySteps?: number | undefined
  /** Whether the state at the end of `fit` is saved, if it has not been. Default: true. */
  readonly saveAtEnd?: boolean | undefined
  /**
   * Keeps the n checkpoints with the best values, the one with the alias `best`, and the latest. Others are deleted by asking the server, beside the
   * training; where no server can be asked (offline), they stay and that is said. Default: all are kept.
   */
  readonly keepBest?: number | undefined
  /** Whether the state of the optimizer is saved too, which going on needs. Default: true. */
  readonly includeOptimizer?: boolean | undefined
  /** Names of every version beside `latest`, `best` and `epoch_<n>`; each is on the newest one. Default: none. */
  readonly aliases?: readonly string[] | undefined
  /** Added to the metadata of every version. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
  /** State of the checkpoint that the training goes on from: only what is better than its best value counts as best. */
  readonly resume?: CheckpointState | undefined
}

/** Options of `modelCheckpoint`. */
export interface ModelCheckpointOptions extends CommonOptions, CheckpointOptions {}

export const checkpointOptionNames: OptionNames<CheckpointOptions> = {
  name: true,
  monitor: true,
  mode: true,
  minDelta: true,
  saveBest: true,
  everyEpochs: true,
  everySteps: true,
  saveAtEnd: true,
  keepBest: true,
  includeOptimizer: true,
  aliases: true,
  metadata: true,
  resume: true,
}

export const modelCheckpointOptionNames: OptionNames<ModelCheckpointOptions> & { readonly tf: true } = {
  ...commonOptionNames,
  ...checkpointOptionNames,
}

const modes: readonly unknown[] = ['auto', 'min', 'max']

/** @throws {@link TfjsOptionError} */
export function toPolicyOptions(options: CheckpointOptions): CheckpointPolicyOptions {
  const { mode = 'auto', minDelta = 0, resume, monitor } = options
  checkResume(resume)
  if (!modes.includes(mode)) {
    throw new TfjsOptionError(`The option mode is ${JSON.stringify(mode)}.`, "Pass 'auto', 'min' or 'max'.")
  }
  if (!(Number.isFinite(minDelta) && minDelta >= 0)) {
    throw new TfjsOptionError(`The option minDelta is ${minDelta}.`, 'Pass a number from 0 on.')
  }
  return {
    monitor: monitor ?? resume?.monitor,
    mode,
    minDelta,
    savesBest: options.saveBest ?? true,
    everyEpochs: parseCount('everyEpochs', options.everyEpochs),
    everySteps: parseCount('everySteps', options.everySteps),
    best: toKnownBest(resume, monitor),
  }
}

/** Refuses what is no state of a checkpoint, from which nothing would go on. @throws {@link TfjsOptionError} */
export function checkResume(resume: unknown): void {
  if (resume === undefined) return
  const isState = typeof resume === 'object' && resume !== null && 'initialEpoch' in resume && 'globalStep' in resume
  if (isState) return
  throw new TfjsOptionError(
    `The option resume is ${describeValue(resume)}, which is no checkpoint.`,
    'Pass what await loadCheckpoint(tf, version) gives.',
  )
}

/**
 * Refuses a name, aliases and metadata that no artifact can have, before the training and not at its first checkpoint.
 *
 * @throws what `new Artifact` throws.
 */
export function checkArtifactOptions({ name = 'model', aliases = [], metadata = {} }: CheckpointOptions): void {
  new Artifact(name, 'model', { metadata }).aliases = aliases
}

/** The best value of before, unless it is that of another metric. */
function toKnownBest(resume: CheckpointState | undefined, monitor: string | undefined): BestValue | undefined {
  return monitor === undefined || resume?.monitor === monitor ? resume?.best : undefined
}
