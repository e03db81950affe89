import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countOutputs, repairShiftedValidation, toMetricNames } from './validation-shift.ts'

/** Losses of the outputs, and metrics in the order of their names. */
const evaluations = fc.integer({ min: 2, max: 5 }).chain((outputCount) =>
  fc.record({
    losses: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: outputCount, maxLength: outputCount }),
    metrics: fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 8 }),
  }),
)

function namesOf({ losses, metrics }: { losses: number[]; metrics: number[] }) {
  return ['loss', ...losses.map((_, index) => `out${index}_loss`), ...metrics.map((_, index) => `out0_metric${index}`)]
}

/** What tfjs-layers 4 puts into the logs. */
function shift(names: readonly string[], { losses, metrics }: { losses: number[]; metrics: number[] }) {
  const sums = losses.map((_, index) => losses.slice(0, index + 1).reduce((sum, loss) => sum + loss, 0))
  const values = [...sums, ...losses, ...metrics]
  return Object.fromEntries(names.map((name, index) => [`val_${name}`, values[index] ?? Number.NaN]))
}

test('all losses come back, and all but the last n − 1 metrics', () => {
  fc.assert(
    fc.property(evaluations, (evaluation) => {
      const { losses, metrics } = evaluation
      const names = namesOf(evaluation)
      const total = losses.reduce((sum, loss) => sum + loss, 0)
      const right = [total, ...losses, ...metrics]
      const knownCount = Math.max(1 + losses.length, names.length - (losses.length - 1))
      const expected = Object.fromEntries(
        names.slice(0, knownCount).map((name, index) => [`val_${name}`, right[index]]),
      )

      const repaired = repairShiftedValidation({ loss: 1, ...shift(names, evaluation) }, names, losses.length)

      expect(repaired).toEqual({ loss: 1, ...expected })
    }),
  )
})

test('values that tfjs names rightly are left alone', () => {
  const names = ['loss', 'a_loss', 'b_loss', 'a_mae', 'b_mae']
  const logs = { val_loss: 5, val_a_loss: 2, val_b_loss: 3, val_a_mae: 7, val_b_mae: 8 }
  expect(repairShiftedValidation(logs, names, 2)).toBeUndefined()
  expect(repairShiftedValidation({ loss: 1 }, names, 2)).toBeUndefined()
  expect(repairShiftedValidation({ val_loss: 1, val_mae: 1 }, ['loss', 'mae'], 1)).toBeUndefined()
})

test('the names of a training tell its outputs', () => {
  expect(countOutputs(['loss'])).toBe(1)
  expect(countOutputs(['loss', 'acc'])).toBe(1)
  expect(countOutputs(['loss', 'a_loss', 'b_loss'])).toBe(2)
  expect(countOutputs(['loss', 'a_loss', 'b_loss', 'a_acc'])).toBe(2)
  expect(toMetricNames(['loss', 'acc', 'val_loss', 'val_acc'], true)).toEqual(['loss', 'acc'])
  expect(toMetricNames(['loss', 'acc'], false)).toEqual(['loss', 'acc'])
})
