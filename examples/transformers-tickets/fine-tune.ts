// Fine-tunes a classifier of support tickets: embeddings of a model that stays as it is, and a head in TensorFlow.js that learns.
// Afterwards the head is loaded from its folder and tested on tickets that nobody has looked at.
//
//     node fine-tune.ts
//     node fine-tune.ts --epochs 5

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { pipeline } from '@huggingface/transformers'
import { earlyStopping, evaluatePipeline, loadClassifier, Trainer } from '@lossline/transformers'
import * as tf from '@tensorflow/tfjs'
import * as lossline from 'lossline'
import { models } from './models.ts'
import { loadTickets } from './tickets.ts'

const { values: options } = parseArgs({ options: { epochs: { type: 'string', default: '40' } } })

const run = await lossline.init({ project: 'transformers-tickets', jobType: 'train', tags: ['head'] })
const { training, validation, test } = loadTickets()
const embedder = await pipeline('feature-extraction', models.embedder)

const trainer = new Trainer({
  embedder,
  tf,
  trainDataset: training,
  evalDataset: validation,
  hiddenSizes: [32],
  dropout: 0.1,
  callbacks: [earlyStopping({ earlyStoppingPatience: 6 })],
  reportTo: run,
  args: {
    outputDir: join(run.directory, 'checkpoints'),
    numTrainEpochs: Number(options.epochs),
    perDeviceTrainBatchSize: 32,
    learningRate: 0.01,
    lrSchedulerType: 'cosine',
    warmupRatio: 0.1,
    weightDecay: 0.01,
    loggingSteps: 6,
    evalStrategy: 'epoch',
    saveStrategy: 'epoch',
    saveTotalLimit: 2,
    loadBestModelAtEnd: true,
    metricForBestModel: 'accuracy',
    logModel: 'end',
  },
})
const { globalStep } = await trainer.train()
console.log(`Best validation accuracy: ${trainer.state.bestMetric?.toFixed(4)} after ${globalStep} updates`)

// The head is a classifier that can be called, saved, loaded, and evaluated like any pipeline.
const folder = join(run.directory, 'ticket-head')
await trainer.classifier.save(folder)
const classify = await loadClassifier(folder, { embedder, tf })
const [best] = await classify('I was charged twice for June.')
console.log(`"I was charged twice for June." is ${best?.label} (${best?.score.toFixed(3)})`)
const { metrics } = await evaluatePipeline(classify, { run, name: 'test', data: test, batchSize: 32 })
console.log(`Test accuracy: ${metrics.accuracy?.toFixed(4)}`)
await run.finish()
