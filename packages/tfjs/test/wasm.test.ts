import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { losslineCallback } from '../src/index.ts'
import { describeCheckpoints } from './checkpoint-behaviour.ts'
import { tf } from './tensorflow.ts'
import { makeModel, makePoints } from './tiny-models.ts'
import { openTrackedRun } from './tracked-run.ts'

beforeAll(async () => {
  // Not before tf, which would begin with a backend that is not ready.
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  // The package brings its .wasm files.
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(join(dirname(entry), '/'))
  await tf.setBackend('wasm')
})
afterAll(() => tf.setBackend('cpu'))

test('a training on the backend wasm is logged', async () => {
  await using tracked = await openTrackedRun()
  const model = makeModel(tf)
  const { x, y } = makePoints(tf)

  const { history } = await model.fit(x, y, {
    epochs: 2,
    verbose: 0,
    callbacks: losslineCallback({ run: tracked.run, model, logFreq: 'batch' }),
  })

  const { rows, config } = await tracked.finishAndRead()
  expect(config).toMatchObject({ tfjs: { backend: 'wasm' } })
  expect(rows.map((row) => row['epoch/loss']).filter((loss) => loss !== undefined)).toEqual(history.loss)
})

describeCheckpoints(tf, ['adam'])
