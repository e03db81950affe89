import { readFile } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { describeValue } from '@lossline/core/adapter'
import { TfjsCheckpointError, TfjsOptionError } from '../../errors.ts'
import { modelFileName, toBytes } from '../to-model-files.ts'

/** A handler that `tf.loadLayersModel` loads a model from. */
export interface CheckpointHandler {
  load(): Promise<LoadedModelArtifacts>
}

/** What a handler gives to `tf.loadLayersModel`: tfjs's `io.ModelArtifacts`, as far as a file holds it. */
export interface LoadedModelArtifacts {
  readonly modelTopology: object
  readonly format?: string
  readonly generatedBy?: string
  readonly convertedBy?: string | null
  readonly trainingConfig?: { optimizer_config: object; loss: string | string[] | Record<string, string> }
  readonly userDefinedMetadata?: Record<string, object>
  readonly weightSpecs: LoadedWeightSpec[]
  readonly weightData: ArrayBuffer
}

/** Name and type of one array of the weights. */
export interface LoadedWeightSpec {
  readonly name: string
  readonly shape: number[]
  readonly dtype: 'float32' | 'int32' | 'bool' | 'string' | 'complex64'
  readonly group?: 'model' | 'optimizer'
}

interface ModelJson extends Omit<LoadedModelArtifacts, 'weightSpecs' | 'weightData'> {
  readonly weightsManifest: readonly { readonly paths: readonly string[]; readonly weights: LoadedWeightSpec[] }[]
}

/**
 * Reads a model from a folder, such as a downloaded checkpoint. Unlike the addresses `file://…`, which only tfjs-node
 * knows, this works with every package of TensorFlow.js.
 *
 * @param directory - Folder of `model.json`; of any model that tfjs has saved or converted, not only of a checkpoint.
 * @throws {@link TfjsOptionError} for what is no path; {@link TfjsCheckpointError} from `load`, when the folder holds no such model.
 * @example
 * const version = await run.useArtifact('digits-cnn:best')
 * const model = await tf.loadLayersModel(checkpointHandler(await version.download()))
 */
export function checkpointHandler(directory: string): CheckpointHandler {
  if (typeof directory !== 'string') {
    throw new TfjsOptionError(
      `checkpointHandler was given ${describeValue(directory)}, not a folder.`,
      'Pass await version.download().',
    )
  }
  return { load: () => readModel(directory) }
}

async function readModel(directory: string): Promise<LoadedModelArtifacts> {
  const { weightsManifest, ...rest } = parseModelJson(await readText(directory, modelFileName), directory)
  const paths = weightsManifest.flatMap((group) => group.paths)
  const pieces = await Promise.all(paths.map((path) => readBytes(directory, path)))
  return {
    ...rest,
    weightSpecs: weightsManifest.flatMap((group) => group.weights),
    // `toBytes` makes an array of its own.
    weightData: toBytes(pieces).buffer as ArrayBuffer,
  }
}

/** The text of a file of a checkpoint. @throws {@link TfjsCheckpointError} */
export async function readText(directory: string, path: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(directory, path))
}

async function readBytes(directory: string, path: string): Promise<ArrayBuffer> {
  const root = resolve(directory)
  const file = resolve(join(root, path))
  // A manifest is read from files that others have made.
  if (!file.startsWith(root + sep)) throw damaged(directory, `"${path}" lies outside of it`)
  try {
    const bytes = await readFile(file)
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  } catch (cause) {
    throw damaged(directory, `"${path}" cannot be read`, cause)
  }
}

function parseModelJson(text: string, directory: string): ModelJson {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw damaged(directory, `${modelFileName} is not JSON`, cause)
  }
  if (!isModelJson(parsed)) throw damaged(directory, `${modelFileName} is not that of a layers model`)
  return parsed
}

function isModelJson(value: unknown): value is ModelJson {
  if (typeof value !== 'object' || value === null) return false
  const { modelTopology, weightsManifest }: { modelTopology?: unknown; weightsManifest?: unknown } = value
  return typeof modelTopology === 'object' && modelTopology !== null && isManifest(weightsManifest)
}

function isManifest(value: unknown): boolean {
  return Array.isArray(value) && value.every((group) => Array.isArray(group?.paths) && Array.isArray(group?.weights))
}

function damaged(directory: string, what: string, cause?: unknown): TfjsCheckpointError {
  return new TfjsCheckpointError({
    message: `There is no model of TensorFlow.js in "${directory}": ${what}.`,
    hint: 'Pass the folder that holds model.json and its weights, such as that of version.download().',
    cause,
  })
}
