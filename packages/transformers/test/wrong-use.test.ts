import { describe, expect, test } from 'vitest'
import {
  createLoadObserver,
  earlyStopping,
  evaluatePipeline,
  loadClassifier,
  reportTo,
  Trainer,
  type TrainerOptions,
} from '../src/index.ts'
import { createFakePipeline } from './fake-pipeline.ts'
import { createPointTrainer, openFolder, points } from './training-data.ts'

const refused = (message: RegExp) =>
  expect.objectContaining({ code: 'transformers-option', message: expect.stringMatching(message) })

describe('a trainer is refused before anything is embedded', () => {
  test.each<[string, object, RegExp]>([
    ['without embedder', { embedder: undefined }, /embedder is undefined/],
    ['with one that is not awaited', { embedder: Promise.resolve() }, /embedder is a promise/],
    ['without examples', { trainDataset: undefined }, /trainDataset is undefined/],
    [
      'with examples of other members',
      { trainDataset: [{ sentence: 'a', label: 'b' }] },
      /\[0\] has the members sentence/,
    ],
    ['with examples without labels', { evalDataset: [{ text: 'a' }] }, /evalDataset\[0\] has the members text/],
    ['with a size in place of sizes', { hiddenSizes: 32 }, /hiddenSizes is 32/],
    ['with half a unit', { hiddenSizes: [0.5] }, /hiddenSizes/],
    ['with a dropout of all', { dropout: 1 }, /dropout is 1/],
    ['with a label in place of labels', { labels: 'bug' }, /labels is "bug"/],
    ['with a class in place of a callback', { callbacks: [class {}] }, /callbacks/],
    ['with a callback without events', { callbacks: [{ stepEnd() {} }] }, /callbacks/],
    ['with metrics in place of a function', { computeMetrics: {} }, /computeMetrics is an object/],
  ])('%s', (_, options, message) => {
    expect(() => new Trainer({ ...points, ...options } as unknown as TrainerOptions)).toThrow(refused(message))
  })

  test('but not with a callback that is an instance of a class', async () => {
    class Callback {
      steps = 0
      onStepEnd() {
        this.steps += 1
      }
    }
    const callback = new Callback()
    await (await createPointTrainer({ maxSteps: 2 }, { callbacks: [callback] })).train()
    expect(callback.steps).toBe(2)
  })
})

test.each([
  [() => undefined, /gave undefined/],
  [() => [1], /gave an array/],
  [async () => ({}), /gave a promise/],
])('metrics that are none are refused: %s', async (computeMetrics, message) => {
  const trainer = await createPointTrainer({ maxSteps: 1 }, { computeMetrics } as never)
  await expect(trainer.evaluate()).rejects.toThrow(message)
})

test('arguments of train and earlyStopping that there are not are refused by name', async () => {
  const trainer = await createPointTrainer({ maxSteps: 1 })
  await expect(trainer.train({ resume_from_checkpoint: true } as never)).rejects.toThrow(/resume_from_checkpoint/)
  expect(() => earlyStopping({ patience: 3 } as never)).toThrow(/patience/)
})

test('a classifier is not loaded without its embedder', async () => {
  await expect(loadClassifier(await openFolder(), undefined as never)).rejects.toEqual(refused(/embedder is undefined/))
})

describe('an evaluation is refused', () => {
  const classify = createFakePipeline('text-classification', () => [{ label: 'x', score: 1 }])
  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['without options', () => evaluatePipeline(classify, undefined as never), /data is undefined/],
    ['of a pipeline that is not awaited', () => evaluatePipeline(Promise.resolve(), { data: [] }), /given a promise/],
    [
      'of examples of other members',
      () => evaluatePipeline(classify, { data: [{ sentence: 'a', label: 'x' }] as never }),
      /members sentence, label/,
    ],
    ['into a run that is none', () => evaluatePipeline(classify, { data: [], run: {} as never }), /no run/],
  ])('%s', async (_, call, message) => {
    await expect(call()).rejects.toEqual(refused(message))
  })
})

test('reportTo is refused an observer in place of what it saw, and a run that is not awaited', () => {
  const pipe = createFakePipeline('text-classification', () => [])
  expect(() => reportTo(pipe, { load: createLoadObserver() as never })).toThrow(refused(/load is no loading/))
  expect(() => reportTo(pipe, { run: Promise.resolve() as never })).toThrow(refused(/run is a promise/))
})
