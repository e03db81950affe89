import { expect, test } from 'vitest'
import { losslineCallback } from '../src/index.ts'
import { tf } from './tensorflow.ts'
import { makeModel, makeModelWithOutputs, makePoints } from './tiny-models.ts'
import { openTrackedRun } from './tracked-run.ts'

test('the config describes training, optimizer and model', async () => {
  await using tracked = await openTrackedRun()
  const { run } = tracked
  const model = makeModel(tf)
  const { x, y } = makePoints(tf)

  await model.fit(x, y, { epochs: 2, batchSize: 8, verbose: 0, callbacks: losslineCallback({ run, model }) })

  const { config } = await tracked.finishAndRead()
  expect(config).toEqual({
    tfjs: {
      backend: 'cpu',
      version: '4.22.0',
      epochs: 2,
      initialEpoch: 0,
      samples: 24,
      batchSize: 8,
      hasValidation: false,
      loss: 'meanSquaredError',
      metrics: ['mae'],
      optimizer: { className: 'SGD', learningRate: 0.1 },
      model: {
        name: 'tiny',
        parameterCount: 17,
        trainableParameterCount: 17,
        summary: expect.stringContaining('Total params: 17'),
      },
    },
  })
})

test('a callback instance learns the model from tfjs, and says which tfjs trained', async () => {
  await using tracked = await openTrackedRun()
  const { run } = tracked
  const model = makeModel(tf)
  const { x, y } = makePoints(tf)

  await model.fit(x, y, { epochs: 1, verbose: 0, callbacks: losslineCallback({ run, tf }) })

  const { config } = await tracked.finishAndRead()
  expect(config).toMatchObject({
    tfjs: { version: tf.version.tfjs, backend: 'cpu', model: { parameterCount: 17 }, optimizer: { className: 'SGD' } },
  })
})

test('losses that are functions are told by name', async () => {
  await using tracked = await openTrackedRun()
  const { run } = tracked
  const model = makeModelWithOutputs(tf, ['a', 'b'])
  function squared(target: unknown, output: unknown) {
    return tf.losses.meanSquaredError(target as never, output as never)
  }
  model.compile({ optimizer: 'adam', loss: { a: squared as never, b: 'meanSquaredError' } as never })
  const { x, y } = makePoints(tf)

  await model.fit(x, [y, y], { epochs: 1, verbose: 0, callbacks: losslineCallback({ run, model }) })

  const { config } = await tracked.finishAndRead()
  expect(config).toMatchObject({
    tfjs: { loss: { a: 'squared', b: 'meanSquaredError' }, optimizer: { className: 'Adam' } },
  })
})

test('a learning rate that changes is logged as it is at that moment', async () => {
  await using tracked = await openTrackedRun()
  const { run } = tracked
  const model = makeModel(tf)
  const { x, y } = makePoints(tf)
  const halve = () => {
    const optimizer = model.optimizer as unknown as { learningRate: number; setLearningRate(rate: number): void }
    optimizer.setLearningRate(optimizer.learningRate / 2)
  }

  const callbacks = [losslineCallback({ run, model }), { onEpochEnd: halve }]
  await model.fit(x, y, { epochs: 3, verbose: 0, callbacks })

  const { rows } = await tracked.finishAndRead()
  expect(rows.map((row) => row['epoch/learning_rate'])).toEqual([0.1, 0.05, 0.025])
})

test('without a model there is no learning rate and no description of the model', async () => {
  await using tracked = await openTrackedRun()
  const { run } = tracked
  const model = makeModel(tf)
  const { x, y } = makePoints(tf)

  await model.fit(x, y, { epochs: 1, verbose: 0, callbacks: losslineCallback({ run }) })

  const { rows, config } = await tracked.finishAndRead()
  expect(rows[0]).not.toHaveProperty(['epoch/learning_rate'])
  expect(config).toMatchObject({ tfjs: { epochs: 1, samples: 24 } })
  expect(config.tfjs).not.toHaveProperty('optimizer')
})

test('a model that cannot describe itself still trains and logs', async () => {
  await using tracked = await openTrackedRun()
  const { run } = tracked
  const model = makeModel(tf)
  const { x, y } = makePoints(tf)
  const broken = {
    countParams() {
      throw new Error('no')
    },
    optimizer: {
      getClassName: () => 'Custom',
      getConfig() {
        throw new Error('no')
      },
    },
  }

  await model.fit(x, y, { epochs: 1, verbose: 0, callbacks: losslineCallback({ run, model: broken }) })

  const { rows, config } = await tracked.finishAndRead()
  expect(rows.length).toBe(1)
  expect(config).toMatchObject({ tfjs: { optimizer: { className: 'Custom' } } })
})
