// Classifies support tickets with a small model, and logs what the pipeline does with Lossline.
//
//     node main.ts          writes the run to .lossline/
//     npx lossline          shows it

import { fileURLToPath } from 'node:url'
import { env } from '@huggingface/transformers'
import { flushReports } from '@lossline/transformers'
import { pipeline } from '@lossline/transformers/pipeline'
import * as lossline from 'lossline'
import { loadTickets } from './tickets.ts'

// The models lie in this folder; nothing is downloaded.
env.allowRemoteModels = false
env.localModelPath = fileURLToPath(new URL('models/', import.meta.url))

const run = await lossline.init({ project: 'transformers-tickets', jobType: 'inference' })
const classify = await pipeline('text-classification', 'ticket-classifier', { reportTo: run })
const { test } = loadTickets()
for (const { text } of test.slice(0, 50)) await classify(text)
await classify(test.map(({ text }) => text))
flushReports(run)
await run.finish()
