// Trains a small convolutional network on handwritten digits, and logs the training with Lossline: metrics, checkpoints,
// predictions with their images, weights and gradients.
//
//     node train.ts                                   writes the run to .lossline/
//     node train.ts --epochs 3                        trains up to another epoch than 12
//     node train.ts --epochs 16 --resume digits-cnn:latest    goes on from a checkpoint
//     node evaluate.ts                                takes the best checkpoint and evaluates it
//     npx lossline                                    shows all that, also while it is still training

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadCheckpoint, losslineCallback } from '@lossline/tfjs'
import type { LayersModel, Logs, Scalar } from '@tensorflow/tfjs'
import * as lossline from 'lossline'
import { digitNames, loadDigits, toBatches, toTensors } from './digits.ts'
import { createModel } from './model.ts'
import { loadTensorFlow } from './tensorflow.ts'

const { values: options } = parseArgs({
  options: { epochs: { type: 'string', default: '12' }, resume: { type: 'string' } },
})

const run = await lossline.init({
  project: 'tfjs-digits',
  jobType: 'train',
  tags: ['cnn'],
  config: { learningRate: 0.003, epochs: Number(options.epochs), batchSize: 64 },
})
const { learningRate, epochs, batchSize } = run.config

const tf = await loadTensorFlow()
const { training, validation, test } = loadDigits()
const { xs: validationImages, ys: validationLabels } = toTensors(tf, validation)

// A checkpoint is the model with the state of its optimizer, and where the training was.
const checkpoint =
  options.resume === undefined
    ? undefined
    : await loadCheckpoint(tf, await run.useArtifact(options.resume), { root: join(run.directory, 'checkpoint') })
const model: LayersModel = checkpoint?.model ?? createModel(tf, learningRate)

const tracking = losslineCallback({
  run,
  model,
  logFreq: 'batch',
  // A version for every epoch that is better than those before, and for the last.
  checkpoint: { name: 'digits-cnn', monitor: 'val_loss' },
  evaluation: { data: [validationImages, validationLabels], classNames: digitNames, maxRows: 50 },
  histograms: { gradientsEverySteps: 20 },
  resume: checkpoint,
})
const sayAccuracy = (epoch: number, logs?: Logs): void =>
  console.log(`Epoch ${epoch + 1} of ${epochs}: validation accuracy ${logs?.val_acc?.toFixed(3)}`)

await model.fitDataset(toBatches(tf, training, batchSize), {
  initialEpoch: checkpoint?.initialEpoch ?? 0,
  epochs,
  validationData: [validationImages, validationLabels],
  verbose: 0,
  callbacks: [tracking, { onEpochEnd: sayAccuracy }],
})

// From here on the model is as it was after its best epoch.
const best = await tracking.restoreBest(model)
const { xs: images, ys: labels } = toTensors(tf, test)
const [, accuracy] = model.evaluate(images, labels) as Scalar[]
const testAccuracy = accuracy?.dataSync()[0] ?? Number.NaN
run.summary['test/accuracy'] = testAccuracy
await run.finish()
if (best !== undefined) console.log(`The best epoch was number ${best.epoch + 1}.`)
console.log(`Test accuracy: ${testAccuracy.toFixed(4)} on ${test.length} digits that the model has never seen`)
