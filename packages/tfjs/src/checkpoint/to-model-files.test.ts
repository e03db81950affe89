import { expect, test } from 'vitest'
import { toModelFiles } from './to-model-files.ts'

const specs = [{ name: 'a', shape: [2], dtype: 'float32' }]

test('the manifest names the weights, and they are copied', () => {
  const weightData = new Float32Array([1, 2]).buffer
  const { modelJson, weights } = toModelFiles({
    modelTopology: { class_name: 'Model' },
    weightSpecs: specs,
    weightData,
  })
  new Float32Array(weightData).fill(9)
  expect(JSON.parse(modelJson)).toEqual({
    modelTopology: { class_name: 'Model' },
    weightsManifest: [{ paths: ['weights.bin'], weights: specs }],
  })
  expect(new Float32Array(weights.buffer)).toEqual(new Float32Array([1, 2]))
})

test('weights in several pieces are one file', () => {
  const weightData = [new Uint8Array([1, 2, 3]).buffer, new ArrayBuffer(0), new Uint8Array([4]).buffer]
  expect([...toModelFiles({ weightSpecs: specs, weightData }).weights]).toEqual([1, 2, 3, 4])
})
