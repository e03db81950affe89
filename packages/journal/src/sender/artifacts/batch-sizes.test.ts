import { expect, test } from 'vitest'
import { createBatchSizes } from './batch-sizes.ts'

test('batches begin small, grow while they are quick, and shrink when they are slow, within bounds', () => {
  const sizes = createBatchSizes()
  expect(sizes.current).toBe(25)
  sizes.note(10, 5)
  expect(sizes.current, 'a batch that was not full says nothing').toBe(25)
  for (let count = 0; count < 10; count += 1) sizes.note(sizes.current, 100)
  expect(sizes.current).toBe(2000)
  sizes.note(2000, 5_000)
  expect(sizes.current).toBe(2000)
  sizes.note(2000, 20_000)
  expect(sizes.current).toBe(1000)
  for (let count = 0; count < 10; count += 1) sizes.note(1000, 20_000)
  expect(sizes.current).toBe(25)
})
