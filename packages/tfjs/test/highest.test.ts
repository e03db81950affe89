import { describe, expect, test } from 'vitest'
import { guessTask } from '../src/evaluation-table/output-task.ts'
import { evaluationTable, losslineCallback, modelCheckpoint, modelHistograms, trackModel } from '../src/index.ts'
import { describeCheckpoints } from './checkpoint-behaviour.ts'
import { describeEvaluations, describeEvaluationTables } from './evaluation-behaviour.ts'
import { describeModelGraphs } from './graph-behaviour.ts'
import { describeHistograms } from './histograms-behaviour.ts'
import { tf } from './tensorflow.ts'
import { makeModel, makePoints } from './tiny-models.ts'
import { describeTrackModel } from './track-model-behaviour.ts'
import { openTrackedRun } from './tracked-run.ts'

// One file: loading TensorFlow.js takes longer than most of these tests.
describeCheckpoints(tf, ['sgd', 'momentum', 'adam', 'rmsprop'])
describeTrackModel(tf)
describeHistograms(tf)
describeEvaluationTables(tf)
describeEvaluations(tf)
describeModelGraphs(tf)

test('options of checkpoints that cannot be are refused before the training', () => {
  for (const [options, code] of [
    [{ mode: 'up' }, 'tfjs-option'],
    [{ minDelta: -1 }, 'tfjs-option'],
    [{ keepBest: 0 }, 'tfjs-option'],
    [{ everySteps: 1.5 }, 'tfjs-option'],
    [{ name: 'a/b' }, 'invalid-name'],
    [{ aliases: ['a:b'] }, 'invalid-name'],
    [{ metadata: { value: Number.POSITIVE_INFINITY } }, 'artifact-invalid'],
    [{ saveBestOnly: true }, 'invalid-option'],
  ] as const) {
    expect(() => modelCheckpoint(options as never)).toThrow(expect.objectContaining({ code }))
    expect(() => losslineCallback({ checkpoint: options as never })).toThrow(expect.objectContaining({ code }))
  }
})

test('options of trackModel that do not exist are refused', () => {
  expect(() => trackModel(makeModel(tf), { logFrequency: 3 } as never)).toThrow(
    expect.objectContaining({ code: 'invalid-option' }),
  )
  expect(() => trackModel(makeModel(tf), { checkpoint: { every: 3 } as never })).toThrow(
    expect.objectContaining({ code: 'invalid-option' }),
  )
})

describe('options of histograms', () => {
  test('that cannot be are refused', () => {
    for (const options of [
      { binCount: 0 },
      { binCount: 513 },
      { gradientsEverySteps: 0 },
      { weightsEveryEpochs: 1.5 },
    ]) {
      expect(() => modelHistograms(options)).toThrow(expect.objectContaining({ code: 'tfjs-option' }))
    }
    expect(() => losslineCallback({ histograms: { bins: 3 } as never })).toThrow(
      expect.objectContaining({ code: 'invalid-option' }),
    )
  })

  test('work next to earlyStopping too', async () => {
    await using tracked = await openTrackedRun()
    const model = makeModel(tf)
    const { x, y } = makePoints(tf)
    const callbacks = [modelHistograms({ run: tracked.run, tf }), tf.callbacks.earlyStopping({ monitor: 'loss' })]
    await model.fit(x, y, { epochs: 1, verbose: 0, callbacks })
    const { rows } = await tracked.finishAndRead()
    expect(rows.length).toBe(2)
  })
})

describe('what a model predicts', () => {
  const guess = (
    units: number,
    activation: 'softmax' | 'sigmoid' | 'linear',
    loss: string | typeof tf.losses.logLoss,
  ) => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units, activation, inputShape: [2] })] })
    model.compile({ optimizer: 'sgd', loss })
    return guessTask(model, 0)
  }

  test.each([
    [3, 'softmax', 'categoricalCrossentropy', { task: 'classification', isLogits: false }],
    [1, 'sigmoid', 'binaryCrossentropy', { task: 'binary', isLogits: false }],
    [4, 'sigmoid', 'binaryCrossentropy', { task: 'multi-label', isLogits: false }],
    [1, 'linear', 'meanSquaredError', { task: 'regression', isLogits: false }],
    [3, 'linear', tf.losses.softmaxCrossEntropy, { task: 'classification', isLogits: true }],
    [1, 'linear', tf.losses.sigmoidCrossEntropy, { task: 'binary', isLogits: true }],
    [2, 'linear', tf.losses.absoluteDifference, { task: 'regression', isLogits: false }],
  ] as const)('%s units, %s', (units, activation, loss, expected) => {
    expect(guess(units, activation, loss as never)).toEqual(expected)
  })

  test('an activation that is a layer of its own', () => {
    const dense = tf.layers.dense({ units: 3, inputShape: [2] })
    for (const last of [tf.layers.softmax(), tf.layers.activation({ activation: 'softmax' })]) {
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] }), last] })
      expect(guessTask(model, 0)).toEqual({ task: 'classification', isLogits: false })
    }
    expect(guessTask(tf.sequential({ layers: [dense] }), 0)).toBeUndefined()
  })
})

test('options of evaluationTable that cannot be are refused', () => {
  const { x, y } = makePoints(tf)
  for (const options of [
    { data: [x, y.slice([0], [3])] },
    { data: undefined },
    { data: [x, y], task: 'detection' },
    { data: [x, y], maxRows: 0 },
  ]) {
    expect(() => evaluationTable(options as never)).toThrow(expect.objectContaining({ code: 'tfjs-option' }))
  }
  expect(() => evaluationTable({ data: [x, y], labels: ['a'] } as never)).toThrow(
    expect.objectContaining({ code: 'invalid-option' }),
  )
})
