// Trains a small convolutional network on handwritten digits, and logs the training with Lossline.
//
//     node train.ts                      writes the run to .lossline/
//     node train.ts --epochs 3           trains for fewer or more epochs than 12
//     npx lossline                       shows it, also while it is still training

import { parseArgs } from 'node:util'
import { losslineCallback } from '@lossline/tfjs'
import type { Logs, Scalar } from '@tensorflow/tfjs'
import * as lossline from 'lossline'
import { loadDigits, toBatches, toTensors } from './digits.ts'
import { createModel } from './model.ts'
import { loadTensorFlow } from './tensorflow.ts'

const { values: options } = parseArgs({ options: { epochs: { type: 'string', default: '12' } } })

const run = await lossline.init({
  project: 'tfjs-digits',
  jobType: 'train',
  tags: ['cnn'],
  config: { learningRate: 0.003, epochs: Number(options.epochs), batchSize: 64 },
})
const { learningRate, epochs, batchSize } = run.config

const tf = await loadTensorFlow()
const { training, validation, test } = loadDigits()
const model = createModel(tf, learningRate)
const { xs: validationImages, ys: validationLabels } = toTensors(tf, validation)

const sayAccuracy = (epoch: number, logs?: Logs): void =>
  console.log(`Epoch ${epoch + 1} of ${epochs}: validation accuracy ${logs?.val_acc?.toFixed(3)}`)

await model.fitDataset(toBatches(tf, training, batchSize), {
  epochs,
  validationData: [validationImages, validationLabels],
  verbose: 0,
  callbacks: [losslineCallback({ run, model, logFreq: 'batch' }), { onEpochEnd: sayAccuracy }],
})

const { xs: images, ys: labels } = toTensors(tf, test)
const [, accuracy] = model.evaluate(images, labels) as Scalar[]
const testAccuracy = accuracy?.dataSync()[0] ?? Number.NaN
run.summary['test/accuracy'] = testAccuracy
await run.finish()
console.log(`Test accuracy: ${testAccuracy.toFixed(4)} on ${test.length} digits that the model has never seen`)
