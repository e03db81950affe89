import { Image } from '@lossline/core'
import { classification } from '@lossline/evaluation'
import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { evaluate } from '../src/index.ts'
import { type Digit, digitsModel, loadTestDigits } from './digits.ts'
import { openTrackedRun } from './tracked-run.ts'

const labels = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
const toFeeds = ({ pixels }: Digit) => ({ image: new ort.Tensor('float32', pixels, [1, 1, 8, 8]) })

test('an evaluation logs the metrics that scikit-learn has for this model', async () => {
  await using tracked = await openTrackedRun()
  const session = await ort.InferenceSession.create(digitsModel)
  const result = await evaluate({
    session,
    data: loadTestDigits(),
    batchSize: 32,
    feeds: toFeeds,
    decode: ({ logits }, { label }) => ({ label, scores: logits?.numbers }),
    inputs: ({ pixels }) => ({
      image: new Image(
        Uint8Array.from(pixels, (v) => v * 255),
        { width: 8, height: 8, channels: 1 },
      ),
    }),
    task: classification({ labels, scores: 'logits' }),
    run: tracked.run,
  })
  await tracked.finishAndRead()
  expect(result.metrics.accuracy).toBeCloseTo(347 / 360, 12)
})
