import { describe, expect, test } from 'vitest'
import { guessTask } from '../src/evaluation-table/output-task.ts'
import { evaluationTable } from '../src/index.ts'
import { describeEvaluations, describeEvaluationTables } from './evaluation-behaviour.ts'
import { tf } from './tensorflow.ts'
import { makePoints } from './tiny-models.ts'

describeEvaluationTables(tf)
describeEvaluations(tf)

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

test('options that cannot be are refused', () => {
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
