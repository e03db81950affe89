// Evaluates a classifier of support tickets: how often it is right, where it is wrong, and how fast it is.
//
//     node evaluate.ts

import { evaluatePipeline } from '@lossline/transformers'
import { pipeline } from '@lossline/transformers/pipeline'
import * as lossline from 'lossline'
import { models } from './models.ts'
import { loadTickets } from './tickets.ts'

const run = await lossline.init({ project: 'transformers-tickets', jobType: 'evaluate' })

// From here on every call of the pipeline is logged; the model's folder becomes an artifact.
const classify = await pipeline('text-classification', models.classifier, {
  reportTo: { run, logModel: true, maxRows: 50 },
})

// Metrics, confusion matrix and curves, and tables of the predictions: all, the worst, the surest wrong.
const { test } = loadTickets()
const { metrics, tables } = await evaluatePipeline(classify, {
  run,
  name: 'test',
  data: test.map((ticket) => ({ ...ticket, columns: { ambiguous: ticket.isAmbiguous } })),
  warmUpCount: 5,
})
await run.finish()

console.log(`Accuracy: ${metrics.accuracy?.toFixed(4)} on ${test.length} tickets`)
const [surest] = tables.confidentWrong
if (surest !== undefined)
  console.log(`The surest mistake: ${surest.label} taken for ${surest.prediction}: ${surest.input}`)
