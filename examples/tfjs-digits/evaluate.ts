// Evaluates the best model that train.ts has saved, on digits that it has never seen. The run says which version it used,
// and so from which training the model comes.
//
//     node evaluate.ts
//     node evaluate.ts --model digits-cnn:v2

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkpointHandler, imagesFromTensor, trackModel } from '@lossline/tfjs'
import type { Scalar, Tensor2D } from '@tensorflow/tfjs'
import * as lossline from 'lossline'
import { digitNames, loadDigits, toTensors } from './digits.ts'
import { loadTensorFlow } from './tensorflow.ts'

const { values: options } = parseArgs({ options: { model: { type: 'string', default: 'digits-cnn:best' } } })

const run = await lossline.init({ project: 'tfjs-digits', jobType: 'evaluate', tags: ['cnn'] })
const tf = await loadTensorFlow()

const version = await run.useArtifact(options.model, { type: 'model' })
const directory = await version.download({ root: join(run.directory, 'model') })
const model = await tf.loadLayersModel(checkpointHandler(directory))
const trainedBy = await version.loggedBy()
console.log(`${version.qualifiedName} comes from run ${trainedBy?.id}.`)

// Logs what evaluate returns, under evaluate/loss and evaluate/acc.
trackModel(model, { run })
const { test } = loadDigits()
const { xs: images, ys: labels } = toTensors(tf, test)
const [, accuracy] = model.evaluate(images, labels) as Scalar[]

const probabilities = await (model.predict(images) as Tensor2D).array()
const pictures = await imagesFromTensor(images, { count: test.length })
const table = new lossline.Table({ columns: ['image', 'label', 'prediction', 'probability'] })
for (const [index, scores] of probabilities.entries()) {
  const prediction = scores.indexOf(Math.max(...scores))
  const label = test[index]?.label
  if (prediction !== label)
    table.addRow(pictures[index], digitNames[label ?? 0], digitNames[prediction], scores[prediction])
}
run.log({ 'test/mistakes': table })
await run.finish()
console.log(`Accuracy: ${accuracy?.dataSync()[0]?.toFixed(4)}; ${table.rowCount} of ${test.length} digits are wrong.`)
