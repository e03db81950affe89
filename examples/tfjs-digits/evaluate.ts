// Evaluates the best model that train.ts has saved, on digits that it has never seen. The run says which version it used,
// and so from which training the model comes.
//
//     node evaluate.ts
//     node evaluate.ts --model digits-cnn:v2

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkpointHandler, evaluateModel } from '@lossline/tfjs'
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

// Metrics, confusion matrix and curves, and tables of the predictions with their images: all, the worst, the surest wrong.
const { test } = loadDigits()
const { xs: images, ys: labels } = toTensors(tf, test)
const { metrics, tables } = await evaluateModel(model, {
  run,
  name: 'test',
  data: [images, labels],
  classNames: digitNames,
})
await run.finish()
console.log(`Accuracy: ${metrics.accuracy?.toFixed(4)} on ${test.length} digits`)
const [surest] = tables.confidentWrong
if (surest !== undefined) console.log(`The surest mistake: a ${surest.label} taken for a ${surest.prediction}`)
