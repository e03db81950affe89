// Trains models/digits-linear.onnx: softmax regression on the 64 pixels, by gradient descent on all training digits at once. The
// same file each time.
//
//     node scripts/train-linear.ts            writes the model
//     node scripts/train-linear.ts other.onnx writes it elsewhere

import { writeFileSync } from 'node:fs'
import { toOnnxModel } from '@lossline/testing'
import { digitNames, loadDigits } from '../digits.ts'

const pixelCount = 64
const classCount = digitNames.length
const epochCount = 150
const learningRate = 2

const { training } = loadDigits()
/** [pixel, class], and a last row for the biases. */
const weights = new Float64Array((pixelCount + 1) * classCount)

/** What the model says of an image, as probabilities. */
function predict(pixels: Float32Array): Float64Array {
  const logits = weights.slice(pixelCount * classCount)
  for (const [pixel, value] of pixels.entries()) {
    for (let digit = 0; digit < classCount; digit += 1) {
      logits[digit]! += value * weights[pixel * classCount + digit]!
    }
  }
  const largest = Math.max(...logits)
  const exponentials = logits.map((logit) => Math.exp(logit - largest))
  const sum = exponentials.reduce((total, value) => total + value, 0)
  return exponentials.map((value) => value / sum)
}

for (let epoch = 0; epoch < epochCount; epoch += 1) {
  const gradients = new Float64Array(weights.length)
  for (const { pixels, label } of training) {
    for (const [digit, probability] of predict(pixels).entries()) {
      const error = (probability - (digit === label ? 1 : 0)) / training.length
      for (const [pixel, value] of pixels.entries()) gradients[pixel * classCount + digit]! += error * value
      gradients[pixelCount * classCount + digit]! += error
    }
  }
  for (const [index, gradient] of gradients.entries()) weights[index]! -= learningRate * gradient
}

const toBytes = (values: Float64Array) => new Uint8Array(Float32Array.from(values).buffer)
const model = toOnnxModel({
  name: 'digits_linear',
  producer: { name: 'lossline-example', version: '1.0.0' },
  description: 'Softmax regression of 8 × 8 digits',
  modelVersion: 1,
  metadata: { classes: digitNames.join(','), scale: 'pixel/16', split: 'digits.csv split=train' },
  nodes: [
    { operator: 'Flatten', inputs: ['image'], outputs: ['pixels'], attributes: [{ name: 'axis', int: 1 }] },
    { operator: 'Gemm', inputs: ['pixels', 'weights', 'biases'], outputs: ['logits'] },
  ],
  inputs: [{ name: 'image', type: 'float32', shape: ['batch', 1, 8, 8] }],
  outputs: [{ name: 'logits', type: 'float32', shape: ['batch', classCount] }],
  initializers: [
    {
      name: 'weights',
      type: 'float32',
      dims: [pixelCount, classCount],
      bytes: toBytes(weights.slice(0, pixelCount * classCount)),
    },
    { name: 'biases', type: 'float32', dims: [classCount], bytes: toBytes(weights.slice(pixelCount * classCount)) },
  ],
})
const path = process.argv[2] ?? new URL('../models/digits-linear.onnx', import.meta.url)
writeFileSync(path, model)
console.log(`${model.length} bytes`)
