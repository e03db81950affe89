// A user's program: evaluates a model with ONNX Runtime and looks at what the run holds. Run as it is, with the folder of the models
// as its argument, and checked as strict TypeScript.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { classification, evaluate, openTrackedSession, readModelMetadata, trackingOf } from '@lossline/onnx'
import * as lossline from 'lossline'
import * as ort from 'onnxruntime-node'
import * as web from 'onnxruntime-web'

const [, , modelFolder = ''] = process.argv
const path = join(modelFolder, 'ticket-classifier/onnx/model.onnx')
const { inputs } = await readModelMetadata(path)
assert.deepEqual(
  inputs.map(({ name }) => name),
  ['input_ids', 'attention_mask'],
)
const run = await lossline.init({ project: 'packed' })
const session = await openTrackedSession(ort, path, { run, profile: true })
const examples = [
  [5, 6, 7],
  [8, 9],
  [10, 11, 12, 13],
  [14, 15],
]
const { rowCount } = await evaluate({
  session,
  run,
  data: examples,
  batchSize: 2,
  feeds: (ids) => ({
    input_ids: new ort.Tensor('int64', ids, [1, ids.length]),
    attention_mask: new ort.Tensor(
      'int64',
      ids.map(() => 1),
      [1, ids.length],
    ),
  }),
  decode: ({ logits }) => ({ label: 0, scores: logits?.numbers }),
  task: classification({ scores: 'logits' }),
})
assert.equal(rowCount, 4)
await session.release()
// Two calls warm up; no two examples beside each other are of the same length.
assert.equal(run.summary.get('onnx/calls'), 6)
assert.equal(run.summary.get('onnx/profile/runs'), 4)

const inBrowsers = await openTrackedSession(web, await readFile(path), { run, name: 'web', logModel: false })
const ids = new web.Tensor('int64', [5n, 6n], [1, 2])
await inBrowsers.run({ input_ids: ids, attention_mask: new web.Tensor('int64', [1n, 1n], [1, 2]) })
trackingOf(inBrowsers)?.undo()
assert.equal(run.summary.get('web/calls'), 1)
await run.finish()
console.log(`onnxruntime-node ${ort.env.versions.node}, onnxruntime-web ${web.env.versions.web}`)
