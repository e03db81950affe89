import type { Run } from '@lossline/core'
import * as tf from '@tensorflow/tfjs'
import { expectTypeOf, test } from 'vitest'
import {
  type CheckpointMethods,
  loadCheckpoint,
  losslineCallback,
  metricsLogger,
  modelCheckpoint,
  type RunLike,
  type TrainingCallbacks,
} from '../src/index.ts'

declare const run: Run<{ learningRate: number }>
declare const model: tf.Sequential

test('runs of any config, and models of tfjs, fit the structural types', () => {
  expectTypeOf(run).toExtend<RunLike>()
  expectTypeOf(losslineCallback({ run, model })).toEqualTypeOf<TrainingCallbacks & CheckpointMethods>()
  expectTypeOf(metricsLogger()).toEqualTypeOf<TrainingCallbacks>()
})

test('with tf a callback is an instance of its class', () => {
  expectTypeOf(losslineCallback({ run, tf })).toEqualTypeOf<tf.Callback & CheckpointMethods>()
  expectTypeOf(modelCheckpoint({ run, tf, keepBest: 2 })).toEqualTypeOf<tf.Callback & CheckpointMethods>()
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

test('a checkpoint is loaded as a model of tfjs', async () => {
  const { model, initialEpoch } = await loadCheckpoint(tf, 'folder')
  expectTypeOf(model).toEqualTypeOf<tf.LayersModel>()
  expectTypeOf(initialEpoch).toEqualTypeOf<number>()
})

test('options that do not exist are refused', () => {
  // @ts-expect-error
  losslineCallback({ checkpoint: { every: 3 } })
  // @ts-expect-error
  losslineCallback({ logFrequency: 'batch' })
  // @ts-expect-error
  losslineCallback({ logFreq: 'step' })
})
