import type { FileContents } from '../node/checkpoint-files.ts'
import type { LayersModelHandle, ModelArtifactsLike, OptimizerHandle, TensorFlow } from './tensorflow-like.ts'
import type { HeadConfig } from './tfjs-head.ts'

/**
 * A head as files: `model.json` and `weights.bin` in the layout of tfjs' layers models, which `tf.loadLayersModel` reads too,
 * and `head.json`, which names the classes.
 */
export async function toHeadFiles(model: LayersModelHandle, config: HeadConfig): Promise<FileContents> {
  let artifacts: ModelArtifactsLike = {}
  await model.save({
    save: async (saved) => {
      artifacts = saved
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } }
    },
  })
  const { modelTopology, weightSpecs, weightData } = artifacts
  const modelJson = {
    format: 'layers-model',
    modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
  }
  return {
    'model.json': JSON.stringify(modelJson),
    'weights.bin': joinBuffers(weightData),
    'head.json': JSON.stringify(config, undefined, 2),
  }
}

/** Reads what {@link toHeadFiles} made. */
export async function fromHeadFiles(
  tf: TensorFlow,
  files: FileContents,
): Promise<{ model: LayersModelHandle; config: HeadConfig }> {
  const config = JSON.parse(textOf(files, 'head.json')) as HeadConfig
  const { modelTopology, weightsManifest } = JSON.parse(textOf(files, 'model.json'))
  const weightData = bytesOf(files, 'weights.bin').slice().buffer
  const artifacts = { modelTopology, weightSpecs: weightsManifest[0]?.weights, weightData }
  // The handler is what tfjs calls an IOHandler; what it loads is of tfjs' own type.
  const model = (await tf.loadLayersModel({ load: async () => artifacts as never })) as LayersModelHandle
  return { model, config }
}

/** What an optimizer keeps, as files. */
export async function toOptimizerFiles(optimizer: OptimizerHandle): Promise<FileContents> {
  const weights = await optimizer.getWeights()
  const values = await Promise.all(weights.map(async ({ tensor }) => Float32Array.from(await tensor.data())))
  const specs = weights.map(({ name, tensor }) => ({ name, shape: [...tensor.shape] }))
  // The count of updates is made for the asking; the other tensors are the optimizer's own.
  for (const { name, tensor } of weights) if (name === 'iter') tensor.dispose()
  return {
    'optimizer.json': JSON.stringify(specs),
    'optimizer.bin': joinBuffers(values.map(({ buffer }) => buffer)),
  }
}

/** Gives an optimizer what {@link toOptimizerFiles} kept. */
export async function loadOptimizerFiles(
  tf: TensorFlow,
  optimizer: OptimizerHandle,
  files: FileContents,
): Promise<void> {
  const specs = JSON.parse(textOf(files, 'optimizer.json')) as { name: string; shape: number[] }[]
  const values = new Float32Array(bytesOf(files, 'optimizer.bin').slice().buffer)
  let start = 0
  const weights = specs.map(({ name, shape }) => {
    const size = shape.reduce((product, length) => product * length, 1)
    const tensor = tf.tensor(values.slice(start, start + size), shape)
    start += size
    return { name, tensor }
  })
  await optimizer.setWeights(weights)
  for (const { tensor } of weights) tensor.dispose()
}

export function textOf(files: FileContents, name: string): string {
  const content = files[name]
  if (content === undefined) throw new Error(`There is no file ${name}.`)
  return typeof content === 'string' ? content : new TextDecoder().decode(content)
}

function bytesOf(files: FileContents, name: string): Uint8Array<ArrayBuffer> {
  const content = files[name]
  if (content === undefined || typeof content === 'string') throw new Error(`There is no file ${name}.`)
  return content
}

function joinBuffers(data: ArrayBuffer | readonly ArrayBuffer[] | undefined): Uint8Array<ArrayBuffer> {
  const parts = data === undefined ? [] : data instanceof ArrayBuffer ? [data] : data
  const joined = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let start = 0
  for (const part of parts) {
    joined.set(new Uint8Array(part), start)
    start += part.byteLength
  }
  return joined
}
