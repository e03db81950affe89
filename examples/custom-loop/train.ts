// A training loop of one's own: an autoencoder that takes the noise out of handwritten digits, with optimizer.minimize and
// a learning rate that falls. TensorFlow.js calls nobody back here, so the loop says itself what it logs.
//
//     node train.ts                writes the run to .lossline/
//     node train.ts --epochs 2     trains for fewer or more epochs than 20
//     npx lossline                 shows it, also while it is still training

import { parseArgs } from 'node:util'
import { imagesFromTensor, logCheckpoint, watchGradients } from '@lossline/tfjs'
import type { Scalar, Tensor2D } from '@tensorflow/tfjs'
import * as tf from '@tensorflow/tfjs'
import * as lossline from 'lossline'
import { loadDigits } from './digits.ts'

const { values: options } = parseArgs({ options: { epochs: { type: 'string', default: '20' } } })

const run = await lossline.init({
  project: 'custom-loop',
  jobType: 'train',
  tags: ['autoencoder'],
  config: {
    learningRate: 0.01,
    decayPerEpoch: 0.9,
    epochs: Number(options.epochs),
    batchSize: 64,
    noise: 0.3,
    codeSize: 32,
  },
})
const { learningRate, decayPerEpoch, epochs, batchSize, noise, codeSize } = run.config

// What is logged every step has the step as its x axis, and what is logged every epoch the epoch.
run.defineMetric('train/*', { stepMetric: 'step' })
run.defineMetric('validation/*', { stepMetric: 'epoch' })
run.defineMetric('validation/loss', { stepMetric: 'epoch', summary: 'min' })

const { training, validation } = loadDigits()
const clean = tf.tensor2d(training)
const cleanValidation = tf.tensor2d(validation)
const addNoise = (digits: Tensor2D, seed: number): Tensor2D =>
  tf.clipByValue(tf.add<Tensor2D>(digits, tf.randomNormal(digits.shape, 0, noise, 'float32', seed)), 0, 1)
const noisyValidation = tf.tidy(() => addNoise(cleanValidation, 1))
const noisyImages = tf.tidy(() => noisyValidation.reshape([-1, 8, 8]))
run.log({ 'validation/noisy': await imagesFromTensor(noisyImages, { count: 8 }) })
noisyImages.dispose()

const initializer = (seed: number) => tf.initializers.glorotUniform({ seed })
const model = tf.sequential({
  name: 'denoiser',
  layers: [
    tf.layers.dense({ inputShape: [64], units: codeSize, activation: 'relu', kernelInitializer: initializer(1) }),
    tf.layers.dense({ units: 64, activation: 'sigmoid', kernelInitializer: initializer(2) }),
  ],
})
const lossOf = (noisy: Tensor2D, digits: Tensor2D): Scalar =>
  tf.losses.meanSquaredError(digits, model.apply(noisy) as Tensor2D) as Scalar

// Norms of the gradients every step that is divisible by 20, and their histograms.
const optimizer = tf.train.adam(learningRate)
const watching = watchGradients(optimizer, { run, everySteps: 20 })

let step = 0
let bestLoss = Number.POSITIVE_INFINITY
for (let epoch = 0; epoch < epochs; epoch += 1) {
  // There is no scheduler in TensorFlow.js; Adam takes a new rate at its next step.
  const rate = learningRate * decayPerEpoch ** epoch
  Object.assign(optimizer, { learningRate: rate })
  const order = tf.util.createShuffledIndices(training.length)
  for (let start = 0; start < training.length; start += batchSize) {
    const rows = [...order.slice(start, start + batchSize)]
    const digits = tf.tidy(() => clean.gather<Tensor2D>(tf.tensor1d(rows, 'int32')))
    const loss = optimizer.minimize(() => lossOf(addNoise(digits, step), digits), true) as Scalar
    run.log({ step, 'train/loss': (await loss.data())[0] ?? Number.NaN, 'train/learning_rate': rate })
    tf.dispose([digits, loss])
    step += 1
  }

  const restored = tf.tidy(() => (model.predict(noisyValidation) as Tensor2D).reshape([-1, 8, 8]))
  const validationLoss = tf.tidy(() => lossOf(noisyValidation, cleanValidation).dataSync()[0] ?? Number.NaN)
  run.log({
    epoch,
    'validation/loss': validationLoss,
    'validation/restored': await imagesFromTensor(restored, { count: 8 }),
    // A number that grows means that the loop forgets to dispose of something.
    'memory/tensors': tf.memory().numTensors,
  })
  restored.dispose()

  const isBest = validationLoss < bestLoss
  if (isBest) bestLoss = validationLoss
  const aliases = [`epoch_${epoch}`, ...(isBest ? ['best'] : [])]
  await logCheckpoint(model, { run, name: 'denoiser', initialEpoch: epoch + 1, globalStep: step, aliases })
  console.log(`Epoch ${epoch + 1} of ${epochs}: validation loss ${validationLoss.toFixed(4)}`)
}
watching.undo()
await run.finish()
console.log(`Best validation loss: ${bestLoss.toFixed(4)}`)
