import { describe, expect, test } from 'vitest'
import {
  checkpointHandler,
  evaluationTable,
  imageFromTensor,
  loadCheckpoint,
  losslineCallback,
  type TfjsProblem,
  trackModel,
  watchGradients,
} from '../src/index.ts'
import { tf } from './tensorflow.ts'
import { makeModel, makePoints } from './tiny-models.ts'
import { openTrackedRun } from './tracked-run.ts'

/** Calls as programs without types make them. */
const loosely = <Result>(call: (...args: never[]) => Result) => call as unknown as (...args: unknown[]) => Result

describe('what cannot work is refused before the training, with what to pass', () => {
  const promise = Promise.resolve({})
  test.each<[string, () => unknown, RegExp]>([
    ['a run that is not awaited', () => loosely(losslineCallback)({ run: promise }), /run is a promise.*await init/s],
    ['an object as a run', () => loosely(losslineCallback)({ run: {} }), /run is an object, which is no run/],
    ['a model that is not awaited', () => loosely(losslineCallback)({ model: promise }), /model is a promise/],
    ['a name as a model', () => loosely(losslineCallback)({ model: 'm' }), /model is "m"/],
    ['resume: true', () => loosely(losslineCallback)({ resume: true }), /resume is true.*loadCheckpoint/s],
    ["resume: 'latest'", () => loosely(trackModel)(makeModel(tf), { resume: 'latest' }), /resume is "latest"/],
    ['a checkpoint that is not awaited', () => loosely(losslineCallback)({ resume: promise }), /resume is a promise/],
    ['arrays as examples', () => loosely(evaluationTable)({ data: [[[1]], [[0]]] }), /holds no tensors/],
    ['one class name', () => loosely(evaluationTable)({ data: [tf.ones([1, 1])], classNames: 'cat' }), /classNames/],
    ['a name to track', () => loosely(trackModel)('m'), /trackModel was given "m"/],
    ['a model that is not awaited, to track', () => loosely(trackModel)(promise), /trackModel was given a promise/],
    ['gradients of a model', () => loosely(watchGradients)(makeModel(tf)), /model\.optimizer/],
    ['a version as a folder', () => loosely(checkpointHandler)({ download: () => '' }), /await version\.download/],
  ])('%s', (_, call, message) => {
    expect(() => {
      try {
        call()
      } catch (error) {
        const { message: fact, hint } = error as Error & { hint: string }
        throw new Error(`${fact} ${hint}`)
      }
    }).toThrow(message)
  })

  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['a version without tf', () => loosely(loadCheckpoint)({ download: () => '' }), /not the module of TensorFlow/],
    ['a version that is not awaited', () => loosely(loadCheckpoint)(tf, promise), /was given a promise/],
    ['an array as an image', () => loosely(imageFromTensor)([[1, 2]]), /was given an array, which is no tensor/],
    ['the best weights without checkpoints', () => losslineCallback({}).restoreBest(), /needs checkpoints/],
  ])('%s', async (_, call, message) => {
    await expect(call()).rejects.toThrow(message)
  })
})

test('names for other classes than the model has are told once, and the table is logged', async () => {
  await using tracked = await openTrackedRun()
  const problems: TfjsProblem[] = []
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2], activation: 'softmax' })] })
  model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy' })
  const [x, y] = [tf.ones([4, 2]), tf.oneHot(tf.tensor1d([0, 1, 2, 0], 'int32'), 3)]
  const callbacks = losslineCallback({
    run: tracked.run,
    model,
    evaluation: { data: [x, y], classNames: ['cat', 'dog'] },
    onProblem: (problem) => void problems.push(problem),
  })
  await model.fit(x, y, { epochs: 2, verbose: 0, callbacks: callbacks as never })
  expect(problems).toMatchObject([{ code: 'tfjs-class-names', message: /2 classNames.*3 classes/ }])
  const { summary } = await tracked.finishAndRead()
  expect(summary).toHaveProperty('validation/predictions')
})

test('names that fit are not told', async () => {
  await using tracked = await openTrackedRun()
  const problems: TfjsProblem[] = []
  const { x, y } = makePoints(tf)
  const model = makeModel(tf)
  const callbacks = losslineCallback({
    run: tracked.run,
    model,
    evaluation: { data: [x, y], task: 'binary', classNames: ['no', 'yes'] },
    onProblem: (problem) => void problems.push(problem),
  })
  await model.fit(x, y, { epochs: 1, verbose: 0, callbacks: callbacks as never })
  expect(problems).toEqual([])
})
