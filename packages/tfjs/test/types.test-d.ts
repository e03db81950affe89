import type { Run } from '@lossline/core'
import * as tf from '@tensorflow/tfjs'
import { expectTypeOf, test } from 'vitest'
import { losslineCallback, metricsLogger, type RunLike, type TrainingCallbacks } from '../src/index.ts'

declare const run: Run<{ learningRate: number }>
declare const model: tf.Sequential

test('runs of any config, and models of tfjs, fit the structural types', () => {
  expectTypeOf(run).toExtend<RunLike>()
  expectTypeOf(losslineCallback({ run, model })).toEqualTypeOf<TrainingCallbacks>()
  expectTypeOf(metricsLogger()).toEqualTypeOf<TrainingCallbacks>()
})

test('with tf a callback is an instance of its class', () => {
  expectTypeOf(losslineCallback({ run, tf })).toEqualTypeOf<tf.Callback>()
  expectTypeOf(metricsLogger({ tf, logFreq: 5 })).toEqualTypeOf<tf.Callback>()
})

test('fit and fitDataset take both, in arrays too', () => {
  const args = { epochs: 1, callbacks: losslineCallback({ run }) } satisfies tf.ModelFitArgs
  const withEarlyStopping = {
    callbacks: [losslineCallback({ run, tf }), tf.callbacks.earlyStopping()],
  } satisfies tf.ModelFitArgs
  const withOthers = { callbacks: [losslineCallback({ run }), { onEpochEnd: () => {} }] } satisfies tf.ModelFitArgs
  expectTypeOf([args, withEarlyStopping, withOthers]).toBeArray()
})

test('options that do not exist are refused', () => {
  // @ts-expect-error
  losslineCallback({ logFrequency: 'batch' })
  // @ts-expect-error
  losslineCallback({ logFreq: 'step' })
})
