import { describe, expect, test } from 'vitest'
import { losslineCallback } from '../src/index.ts'
import { tf } from './tensorflow.ts'
import { makeModel, makePoints } from './tiny-models.ts'
import { openTrackedRun, outlineOf } from './tracked-run.ts'

// Every case must hold for both shapes: functions in an object get numbers, instances of tf.Callback get tensors.
describe.each(['object', 'instance'] as const)('callbacks as %s', (shape) => {
  const callbackOf = (options: Parameters<typeof losslineCallback>[0]) =>
    shape === 'object' ? losslineCallback(options) : losslineCallback({ ...options, tf })

  test('log one row an epoch, in the names of the Keras callback', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)

    const history = await model.fit(x, y, {
      epochs: 3,
      batchSize: 8,
      validationSplit: 0.25,
      verbose: 0,
      callbacks: callbackOf({ run, model }),
    })

    const { rows, definitions } = await tracked.finishAndRead()
    expect(rows).toEqual(
      [0, 1, 2].map((epoch) => ({
        'epoch/epoch': epoch,
        'epoch/loss': history.history.loss?.[epoch],
        'epoch/mae': history.history.mae?.[epoch],
        'epoch/val_loss': history.history.val_loss?.[epoch],
        'epoch/val_mae': history.history.val_mae?.[epoch],
        'epoch/learning_rate': 0.1,
      })),
    )
    expect(definitions).toEqual({
      'epoch/epoch': undefined,
      'epoch/*': 'epoch/epoch',
      'performance/*': 'epoch/epoch',
    })
  })

  test('log every batch too, counted over all epochs', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)

    await model.fit(x, y, {
      epochs: 2,
      batchSize: 10,
      verbose: 0,
      callbacks: callbackOf({ run, model, logFreq: 'batch' }),
    })

    const { rows, definitions } = await tracked.finishAndRead()
    // 24 rows in batches of 10 are 3 batches an epoch.
    const batches = rows.filter((row) => 'batch/batch_step' in row)
    expect(batches.map((row) => row['batch/batch_step'])).toEqual([0, 1, 2, 3, 4, 5])
    expect(Object.keys(batches[0] ?? {})).toEqual([
      'batch/batch_step',
      'batch/loss',
      'batch/mae',
      'batch/learning_rate',
    ])
    expect(batches.every((row) => Number.isFinite(row['batch/loss']) && row['batch/learning_rate'] === 0.1)).toBe(true)
    expect(rows.map((row) => ('epoch/epoch' in row ? 'epoch' : 'batch')).join(' ')).toBe(
      'batch batch batch epoch batch batch batch epoch',
    )
    expect(definitions).toMatchObject({ 'batch/batch_step': undefined, 'batch/*': 'batch/batch_step' })
  })

  test('log every n-th batch of all, also when an epoch has another number of them', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)

    await model.fit(x, y, { epochs: 3, batchSize: 10, verbose: 0, callbacks: callbackOf({ run, model, logFreq: 4 }) })

    const { rows } = await tracked.finishAndRead()
    const steps = rows.map((row) => row['batch/batch_step']).filter((step) => step !== undefined)
    expect(steps).toEqual([0, 4, 8])
  })

  test('go on counting in a second fit, or from a given step', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)
    const callbacks = callbackOf({ run, logFreq: 'batch', initialGlobalStep: 100 })

    await model.fit(x, y, { epochs: 1, batchSize: 12, verbose: 0, callbacks })
    await model.fit(x, y, { epochs: 2, initialEpoch: 1, batchSize: 12, verbose: 0, callbacks })

    const { rows } = await tracked.finishAndRead()
    expect(rows.map((row) => row['batch/batch_step'] ?? `epoch ${row['epoch/epoch']}`)).toEqual([
      100,
      101,
      'epoch 0',
      102,
      103,
      'epoch 1',
    ])
  })

  test('keep the epoch numbers of initialEpoch', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)

    await model.fit(x, y, { initialEpoch: 3, epochs: 5, verbose: 0, callbacks: callbackOf({ run, model }) })

    const { rows, config } = await tracked.finishAndRead()
    expect(rows.map((row) => row['epoch/epoch'])).toEqual([3, 4])
    expect(config).toMatchObject({ tfjs: { initialEpoch: 3, epochs: 5 } })
  })

  test('log what a stopped training has done', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)
    // Stops the training in the second epoch, after the first of its 3 batches.
    let batchCount = 0
    const stop = () => {
      batchCount += 1
      if (batchCount === 4) model.stopTraining = true
    }
    const stopper =
      shape === 'object'
        ? { onBatchEnd: stop }
        : Object.assign(new (tf.Callback as new () => object)(), { onBatchEnd: stop })

    await model.fit(x, y, {
      epochs: 5,
      batchSize: 10,
      validationSplit: 0.25,
      verbose: 0,
      callbacks: [callbackOf({ run, logFreq: 'batch' }), stopper] as never,
    })

    const { rows } = await tracked.finishAndRead()
    const batchSteps = rows.map((row) => row['batch/batch_step']).filter((step) => step !== undefined)
    const epochs = rows.filter((row) => 'epoch/epoch' in row)
    expect(batchSteps.length).toBe(batchCount)
    expect(epochs.length).toBe(2)
    expect(epochs.at(-1)).toHaveProperty(['epoch/loss'])
  })

  test('work with fitDataset, with and without validation', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)
    const dataset = tf.data.zip({ xs: tf.data.array(x.arraySync()), ys: tf.data.array(y.arraySync()) }).batch(8)

    const callbacks = callbackOf({ run, model, logFreq: 'batch' })
    await model.fitDataset(dataset, { epochs: 1, verbose: 0, callbacks })
    await model.fitDataset(dataset, { epochs: 1, validationData: dataset, verbose: 0, callbacks })

    const written = await tracked.finishAndRead()
    const { rows, config } = written
    expect(outlineOf(written)).toEqual([0, 1, 2, 'epoch', 3, 4, 5, 'epoch'])
    const [without, withValidation] = rows.filter((row) => 'epoch/epoch' in row)
    expect(without).not.toHaveProperty(['epoch/val_loss'])
    expect(withValidation?.['epoch/val_loss']).toBeTypeOf('number')
    expect(config).toMatchObject({ tfjs: { stepsPerEpoch: 3, hasValidation: true } })
    expect(config.tfjs).not.toHaveProperty('batchSize')
  })

  test('put the prefix before every key', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)

    await model.fit(x, y, { epochs: 1, verbose: 0, callbacks: callbackOf({ run, prefix: 'generator/' }) })

    const { rows, definitions, config } = await tracked.finishAndRead()
    expect(Object.keys(rows[0] ?? {}).every((key) => key.startsWith('generator/epoch/'))).toBe(true)
    expect(Object.keys(config)).toEqual(['generator/tfjs'])
    expect(definitions).toHaveProperty(['generator/epoch/*'], 'generator/epoch/epoch')
  })

  test('name a metric that has no name', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const model = makeModel(tf)
    model.compile({
      optimizer: 'sgd',
      loss: 'meanSquaredError',
      metrics: [(labels, predictions) => labels.sub(predictions).abs().mean()],
    })
    const { x, y } = makePoints(tf)

    await model.fit(x, y, {
      epochs: 1,
      validationData: [x, y],
      verbose: 0,
      callbacks: callbackOf({ run, logFreq: 100 }),
    })

    const { rows } = await tracked.finishAndRead()
    expect(rows[0]).toHaveProperty(['batch/metric'])
    expect(rows[1]).toHaveProperty(['epoch/metric'])
    expect(rows[1]).toHaveProperty(['epoch/val_metric'])
  })

  test('keep NaN and Infinity', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const model = makeModel(tf, 1e20)
    const { x, y } = makePoints(tf)

    await model.fit(x, y, { epochs: 3, verbose: 0, callbacks: callbackOf({ run }) })

    const { rows } = await tracked.finishAndRead()
    expect(
      rows.map((row) => row['epoch/loss']).some((loss) => Number.isNaN(loss) || loss === Number.POSITIVE_INFINITY),
    ).toBe(true)
  })
})
