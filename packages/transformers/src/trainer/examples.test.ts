import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findLabels, toBatches, toClassIds } from './examples.ts'

test('the batches of an epoch hold every example once, in an order of their own', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 9 }), fc.nat(), (count, batchSize, seed) => {
      const order = { seed, epoch: 0, dropLast: false }
      const batches = toBatches(count, batchSize, order)
      expect(batches.flatMap((batch) => [...batch]).toSorted((one, other) => one - other)).toEqual([
        ...Array(count).keys(),
      ])
      expect(toBatches(count, batchSize, order)).toEqual(batches)
      for (const batch of batches.slice(0, -1)) expect(batch).toHaveLength(batchSize)
      const whole = toBatches(count, batchSize, { ...order, dropLast: true })
      expect(whole).toEqual(batches.filter(({ length }) => length === batchSize))
    }),
  )
  const orders = [0, 1].map((epoch) => String(toBatches(50, 50, { seed: 1, epoch, dropLast: false })))
  expect(orders[0]).not.toBe(orders[1])
})

test('labels are names, or numbers of names that are given', () => {
  const named = [
    { text: 'x', label: 'b' },
    { text: 'y', label: 'a' },
  ]
  expect(findLabels(undefined, named)).toEqual(['a', 'b'])
  expect([...toClassIds([...named, { text: 'z', label: 0 }], ['b', 'a'])]).toEqual([0, 1, 0])
  const refused = expect.objectContaining({ code: 'transformers-option' })
  expect(() => findLabels(undefined, [{ text: 'x', label: 1 }])).toThrow(refused)
  for (const label of ['c', 2, -1, 0.5]) expect(() => toClassIds([{ text: 'x', label }], ['a', 'b'])).toThrow(refused)
})
