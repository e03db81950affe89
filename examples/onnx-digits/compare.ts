// Evaluates two models of handwritten digits on digits that neither has seen, compares them row by row, and looks at where the
// better one spends its time.
//
//     node compare.ts      writes two runs to .lossline/
//     npx lossline         shows them

import { fileURLToPath } from 'node:url'
import { classification, type EvaluationBaseline, evaluate, openTrackedSession } from '@lossline/onnx'
import * as lossline from 'lossline'
import * as ort from 'onnxruntime-node'
import { type Digit, digitNames, loadDigits } from './digits.ts'

const { test } = loadDigits()
const toFeeds = ({ pixels }: Digit) => ({ image: new ort.Tensor('float32', pixels, [1, 1, 8, 8]) })
const toImage = ({ pixels }: Digit) => ({
  image: new lossline.Image(
    Uint8Array.from(pixels, (value) => Math.round(255 * value)),
    { width: 8, height: 8, channels: 1 },
  ),
})

/** A run that evaluates one model: metrics, curves, tables with the images, and what has changed since a baseline. */
async function evaluateModel(name: string, baseline?: EvaluationBaseline) {
  const path = fileURLToPath(new URL(`models/${name}.onnx`, import.meta.url))
  const run = await lossline.init({ project: 'onnx-digits', name, group: 'comparison', jobType: 'evaluate' })
  // The file becomes an artifact that this run takes as input; the config says what it holds.
  const session = await openTrackedSession(ort, path, { run })
  const evaluation = await evaluate({
    session,
    data: test,
    batchSize: 32,
    feeds: toFeeds,
    decode: ({ logits }, { label }) => ({ label, scores: logits?.numbers }),
    id: ({ id }) => id,
    inputs: toImage,
    task: classification({ labels: digitNames, scores: 'logits' }),
    name: 'test',
    baseline,
    run,
  })
  return { run, path, evaluation }
}

const linear = await evaluateModel('digits-linear')
await linear.run.finish()

const cnn = await evaluateModel('digits-cnn', linear.evaluation)
// A session of its own, because measuring each operator takes time itself. The trace is logged when it is released.
const profiled = await openTrackedSession(ort, cnn.path, {
  run: cnn.run,
  name: 'profiled',
  profile: true,
  logModel: false,
})
for (const digit of test.slice(0, 100)) await profiled.run(toFeeds(digit))
await profiled.release()
await cnn.run.finish()

const { metrics, comparison, tables } = cnn.evaluation
console.log(`Linear model: ${linear.evaluation.metrics.accuracy?.toFixed(4)} of ${test.length} digits are right`)
console.log(`Convolutional network: ${metrics.accuracy?.toFixed(4)}`)
const { fixed, broken, 'both wrong': bothWrong } = comparison?.counts ?? {}
console.log(`It puts ${fixed} right, breaks ${broken}, and ${bothWrong} are wrong in both.`)
const { lower = Number.NaN, upper = Number.NaN } = comparison?.deltas.accuracy ?? {}
console.log(`The difference in accuracy is between ${lower.toFixed(3)} and ${upper.toFixed(3)} (95 % interval).`)
const [surest] = tables.confidentWrong
if (surest !== undefined) console.log(`The surest mistake: the digit ${surest.label} taken for ${surest.prediction}`)
