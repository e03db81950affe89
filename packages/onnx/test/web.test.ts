import { readFileSync } from 'node:fs'
import { classification } from '@lossline/evaluation'
import * as ort from 'onnxruntime-web'
import { expect, test } from 'vitest'
import { evaluate } from '../src/index.ts'
import { digitsModel, loadTestDigits } from './digits.ts'

test('sessions of onnxruntime-web are evaluated too', async () => {
  const session = await ort.InferenceSession.create(readFileSync(digitsModel))
  const { metrics } = await evaluate({
    session,
    data: loadTestDigits(),
    batchSize: 64,
    feeds: ({ pixels }) => ({ image: new ort.Tensor('float32', pixels, [1, 1, 8, 8]) }),
    decode: ({ logits }, { label }) => ({ label, scores: logits?.numbers }),
    task: classification({ scores: 'logits' }),
    confidence: false,
    onProblem: () => {},
  })
  expect(metrics.accuracy).toBeCloseTo(347 / 360, 12)
})
