import type { ArtifactVersion } from '@lossline/core'
import { checkOptions, describeValue, hasMethod } from '@lossline/core/adapter'
import { TfjsCheckpointError, TfjsOptionError } from '../../errors.ts'
import { type CheckpointState, parseStateText, stateFileName } from '../checkpoint-state.ts'
import { type CheckpointHandler, checkpointHandler, type LoadedWeightSpec, readText } from './checkpoint-handler.ts'

/** What is used of the module of TensorFlow.js to load a model. */
export interface ModelLoader<Model> {
  loadLayersModel(handler: CheckpointHandler): Promise<Model>
  readonly io: {
    decodeWeights(data: ArrayBuffer, specs: LoadedWeightSpec[]): Record<string, DecodedWeight>
  }
}

interface DecodedWeight {
  dispose(): void
}

/** A model as it was in the middle of its training, and what it takes to go on. */
export interface LoadedCheckpoint<Model> extends CheckpointState {
  /** Compiled as it was, with the state of its optimizer, as far as TensorFlow.js could save that. */
  readonly model: Model
  /** Folder of its files. */
  readonly directory: string
  /**
   * Sets the state of the optimizer. Only for models whose losses or metrics are functions, which come back without being
   * compiled: call it after `compile()`.
   *
   * @returns whether there was such a state.
   * @throws {@link TfjsCheckpointError} when the model is not compiled.
   */
  restoreOptimizer(): Promise<boolean>
}

/** Where a checkpoint is downloaded to. */
export interface LoadCheckpointOptions {
  /** Folder. Default: that of `version.download()`. */
  readonly root?: string | undefined
}

/**
 * Loads a checkpoint to go on training from it, or to evaluate it.
 *
 * @param tf - The module of TensorFlow.js; no particular package, backend or version 4.
 * @param source - A version, such as from `run.useArtifact`, which is downloaded; or a folder.
 * @throws {@link TfjsOptionError} for other arguments; {@link TfjsCheckpointError} when the folder holds no checkpoint; what `download` and `tf.loadLayersModel` throw.
 * @example
 * const checkpoint = await loadCheckpoint(tf, await run.useArtifact('digits-cnn:latest'))
 * const { model, initialEpoch } = checkpoint
 * await model.fit(x, y, { initialEpoch, epochs: 20, callbacks: losslineCallback({ run, model, resume: checkpoint }) })
 */
export async function loadCheckpoint<Model extends object>(
  tf: ModelLoader<Model>,
  source: ArtifactVersion | string,
  options: LoadCheckpointOptions = {},
): Promise<LoadedCheckpoint<Model>> {
  checkOptions('loadCheckpoint', options, { root: true })
  checkArguments(tf, source)
  const { root } = options
  const directory = typeof source === 'string' ? source : await source.download(root === undefined ? {} : { root })
  const state = parseStateText(await readText(directory, stateFileName))
  const handler = checkpointHandler(directory)
  const model = await tf.loadLayersModel(handler)
  return { ...state, model, directory, restoreOptimizer: () => restoreOptimizer(tf, model, handler) }
}

function checkArguments(tf: unknown, source: unknown): void {
  const hint = "Call loadCheckpoint(tf, await run.useArtifact('digits-cnn:latest'))."
  if (!hasMethod(tf, 'loadLayersModel')) {
    throw new TfjsOptionError('The first argument of loadCheckpoint is not the module of TensorFlow.js.', hint)
  }
  if (typeof source === 'string' || hasMethod(source, 'download')) return
  throw new TfjsOptionError(`loadCheckpoint was given ${describeValue(source)}, not a version or a folder.`, hint)
}

async function restoreOptimizer(
  { io }: ModelLoader<unknown>,
  model: object,
  handler: CheckpointHandler,
): Promise<boolean> {
  const optimizer: unknown = Reflect.get(model, 'optimizer')
  const setWeights: unknown =
    typeof optimizer === 'object' && optimizer !== null ? Reflect.get(optimizer, 'setWeights') : undefined
  if (typeof setWeights !== 'function') {
    throw new TfjsCheckpointError({ message: 'The model has no optimizer.', hint: 'Call model.compile() before.' })
  }
  const { weightData, weightSpecs } = await handler.load()
  const decoded = io.decodeWeights(weightData, weightSpecs)
  const weights = weightSpecs
    .filter(({ group }) => group === 'optimizer')
    .map(({ name }) => ({ name, tensor: decoded[name] }))
  if (weights.length > 0) await Reflect.apply(setWeights, optimizer, [weights])
  for (const tensor of Object.values(decoded)) tensor.dispose()
  return weights.length > 0
}
