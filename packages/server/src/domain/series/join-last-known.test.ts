import { expect, test } from 'vitest'
import { joinLastKnown } from './join-last-known.ts'

const column = (points: Readonly<Record<number, number>>) => ({
  steps: Float64Array.from(Object.keys(points), Number),
  values: Float64Array.from(Object.values(points)),
})

test('rows begin where every key has a value, and each keeps its last', () => {
  const rows = joinLastKnown(['a', 'b'], [column({ 0: 1, 4: 2, 5: 3 }), column({ 3: 10, 5: 20, 9: 30 })])
  expect([...rows.steps]).toEqual([3, 4, 5, 9])
  expect([...rows.columns.get('a')!]).toEqual([1, 2, 3, 3])
  expect([...rows.columns.get('b')!]).toEqual([10, 10, 20, 30])
})

test('a key that was never logged leaves no rows', () => {
  expect(joinLastKnown(['a', 'b'], [column({ 0: 1 }), column({})]).steps).toHaveLength(0)
})
