// A user's program: trains with TensorFlow.js and looks at what the run holds. Run as it is, and checked as strict TypeScript.
import assert from 'node:assert/strict'
import { imageFromTensor, losslineCallback } from '@lossline/tfjs'
import * as tf from '@tensorflow/tfjs'
import * as lossline from 'lossline'

const run = await lossline.init({ project: 'packed', config: { learningRate: 0.1 } })
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] })
model.compile({ optimizer: tf.train.sgd(run.config.learningRate), loss: 'meanSquaredError', metrics: ['mae'] })
const [x, y] = [tf.tensor2d([[0], [1], [2]]), tf.tensor2d([[1], [3], [5]])]
await model.fit(x, y, { epochs: 3, verbose: 0, callbacks: losslineCallback({ run, model }) })
await model.fit(x, y, {
  epochs: 5,
  verbose: 0,
  callbacks: [losslineCallback({ run, tf, logFreq: 'batch' }), tf.callbacks.earlyStopping({ monitor: 'loss' })],
})
run.log({ sample: await imageFromTensor(tf.zeros([8, 8])) })
assert.equal(typeof run.summary.get('epoch/loss'), 'number')
assert.equal(typeof run.summary.get('batch/mae'), 'number')
await run.finish()
console.log(`@tensorflow/tfjs ${tf.version.tfjs}`)
