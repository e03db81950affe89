import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCheckpointPolicy, isBetter, toDirection } from './checkpoint-policy.ts'

const defaults = {
  monitor: undefined,
  mode: 'auto',
  minDelta: 0,
  savesBest: true,
  everyEpochs: undefined,
  everySteps: undefined,
  best: undefined,
} as const

test('the best value is the smallest, or for mode max the largest, whatever comes between', () => {
  // Without −0, of which Math.min makes a difference that comparing does not.
  const numbers = fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((value) => value + 0)
  const values = fc.array(fc.oneof(numbers, fc.constant(Number.NaN)), { minLength: 1 })
  fc.assert(
    fc.property(values, fc.constantFrom('min' as const, 'max' as const), (series, mode) => {
      const policy = createCheckpointPolicy({ ...defaults, monitor: 'value', mode })
      for (const [epoch, value] of series.entries()) policy.atEpochEnd(epoch, { value })
      const numbers = series.filter((value) => !Number.isNaN(value))
      const best = mode === 'min' ? Math.min(...numbers) : Math.max(...numbers)
      expect(policy.best?.value).toBe(numbers.length === 0 ? undefined : best)
      if (policy.best !== undefined) expect(policy.best.epoch).toBe(series.indexOf(best))
    }),
  )
})

test('without a name val_loss decides, and loss without validation', () => {
  expect(createCheckpointPolicy(defaults).atEpochEnd(0, { loss: 1, val_loss: 2 })).toMatchObject({
    monitor: 'val_loss',
    value: 2,
  })
  const policy = createCheckpointPolicy(defaults)
  expect(policy.atEpochEnd(0, { loss: 1 })).toMatchObject({ monitor: 'loss', isBest: true })
  // Once chosen, it stays.
  expect(policy.atEpochEnd(1, { loss: 0.5, val_loss: 0 })).toMatchObject({ monitor: 'loss', value: 0.5 })
})

test('names of scores mean larger is better', () => {
  const up = [
    'acc',
    'val_acc',
    'val_accuracy',
    'categoricalAccuracy',
    'auc',
    'val_precision',
    'f1',
    'r2Score',
    'mean_iou',
  ]
  expect(up.map((name) => toDirection(name, 'auto'))).toEqual(up.map(() => 'max'))
  const down = ['loss', 'val_loss', 'mae', 'mse', 'cosine_loss', 'perplexity']
  expect(down.map((name) => toDirection(name, 'auto'))).toEqual(down.map(() => 'min'))
  expect(toDirection('val_acc', 'min')).toBe('min')
})

test('minDelta asks for more than a little', () => {
  const options = { monitor: 'loss', mode: 'auto', minDelta: 0.1 } as const
  expect(isBetter(0.95, 1, options)).toBe(false)
  expect(isBetter(0.85, 1, options)).toBe(true)
  expect(isBetter(Number.NEGATIVE_INFINITY, 1, options)).toBe(true)
})

test('every n-th epoch and batch is due, also when it is not the best', () => {
  const policy = createCheckpointPolicy({ ...defaults, savesBest: false, everyEpochs: 2, everySteps: 5 })
  expect([3, 2, 1, 0].map((loss, epoch) => policy.atEpochEnd(epoch, { loss }).isSaved)).toEqual([
    false,
    true,
    false,
    true,
  ])
  expect([4, 5, 9, 10].map((step) => policy.atBatchEnd(step))).toEqual([false, true, false, true])
})

test('a training that goes on compares with the best of before', () => {
  const policy = createCheckpointPolicy({ ...defaults, monitor: 'loss', best: { epoch: 2, value: 0.5 } })
  expect(policy.atEpochEnd(3, { loss: 0.6 })).toMatchObject({ isBest: false, isSaved: false })
  expect(policy.best).toEqual({ epoch: 2, value: 0.5 })
  expect(policy.atEpochEnd(4, { loss: 0.4 })).toMatchObject({ isBest: true, isSaved: true })
})

test('a metric that is not there is never the best', () => {
  const policy = createCheckpointPolicy({ ...defaults, monitor: 'val_auc' })
  expect(policy.atEpochEnd(0, { loss: 1 })).toEqual({
    monitor: 'val_auc',
    value: undefined,
    isBest: false,
    isSaved: false,
  })
})
