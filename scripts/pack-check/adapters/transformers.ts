// A user's program: reports a pipeline of transformers.js to a run and looks at what the run holds. Run as it is, with the folder of
// the models as its argument, and checked as strict TypeScript.
import assert from 'node:assert/strict'
import { env, pipeline } from '@huggingface/transformers'
import { flushReports, reportOf, reportTo } from '@lossline/transformers'
import * as lossline from 'lossline'

const [, , modelFolder = ''] = process.argv
env.allowRemoteModels = false
env.localModelPath = modelFolder
const run = await lossline.init({ project: 'packed' })
const bare = await pipeline('text-classification', 'ticket-classifier')
const texts = ['I was charged twice.', 'The app crashes when I save.']
const expected = await bare(texts)
const classify = reportTo(bare, { run })
assert.equal(classify, bare)
assert.deepEqual(await classify(texts), expected)
flushReports(run)
assert.equal(run.summary.get('text-classification/calls'), 1)
assert.equal(run.summary.get('text-classification/inputs'), 2)
reportOf(classify)?.undo()
assert.deepEqual(await classify(texts), expected)
await run.finish()
console.log(`@huggingface/transformers ${env.version}`)
