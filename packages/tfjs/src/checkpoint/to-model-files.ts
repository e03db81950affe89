import type { ModelArtifactsLike } from '../tensorflow-like.ts'

/** The two files that `tf.loadLayersModel` reads. */
export interface ModelFiles {
  /** `model.json`: all but the weights, and where they are. */
  readonly modelJson: string
  /** `weights.bin`: the weights one after the other. */
  readonly weights: Uint8Array
}

export const modelFileName = 'model.json'
export const weightsFileName = 'weights.bin'

/** What `model.save` hands to its handlers as the files that tfjs-node writes at `file://`. The weights are copied. */
export function toModelFiles(artifacts: ModelArtifactsLike): ModelFiles {
  const { weightSpecs = [], weightData = new ArrayBuffer(0), ...rest } = artifacts
  const weightsManifest = [{ paths: [weightsFileName], weights: weightSpecs }]
  return { modelJson: JSON.stringify({ ...rest, weightsManifest }), weights: toBytes(weightData) }
}

/** One copy of bytes that tfjs 4.11 and later may keep in several pieces. */
export function toBytes(data: ArrayBuffer | readonly ArrayBuffer[]): Uint8Array {
  const pieces = data instanceof ArrayBuffer ? [data] : data
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.byteLength, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(new Uint8Array(piece), at)
    at += piece.byteLength
  }
  return bytes
}
