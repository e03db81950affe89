import { describe, expect, test } from 'vitest'
import { createValueStore } from './value-store.ts'

/** How often each of ten rows is in a sample of five, over many seeds. */
function countKept(add: (store: ReturnType<typeof createValueStore>, row: number) => void, bytesMax: number): number[] {
  const counts = new Array<number>(10).fill(0)
  for (let seed = 0; seed < 4000; seed += 1) {
    const store = createValueStore({ width: 1, bytesMax, seed })
    for (let row = 0; row < 10; row += 1) add(store, row)
    expect(store.rowCount).toBe(5)
    for (const row of store.values()) counts[row]! += 1
  }
  return counts
}

describe('beyond the bound', () => {
  // Each of 10 rows is kept with probability 1/2: 2,000 of 4,000, with a deviation of 32.
  test.each([
    ['float32', 20, (_: number) => Float32Array],
    ['float64', 40, (_: number) => Float64Array],
    ['float32, then float64, which takes more room', 40, (row: number) => (row < 8 ? Float32Array : Float64Array)],
  ] as const)('each row has the same chance to stay: %s', (_, bytesMax, kindOf) => {
    const counts = countKept((store, row) => store.add(kindOf(row).of(row)), bytesMax)
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(5 * 32)
  })

  test('the size is within the bound', () => {
    const store = createValueStore({ width: 3, bytesMax: 1000, seed: 0 })
    for (let row = 0; row < 500; row += 1) store.add([row, row, row])
    expect(store).toMatchObject({ rowCount: 41, offeredCount: 500, sizeBytes: 41 * 24 })
    const values = store.values()
    for (let at = 0; at < values.length; at += 3)
      expect([values[at + 1], values[at + 2]]).toEqual([values[at], values[at]])
  })
})

test('float32 stays float32, and numbers that are none are kept whole', () => {
  const store = createValueStore({ width: 1, bytesMax: 1000, seed: 0 })
  store.add(Float32Array.of(0.1))
  expect(store.values()).toEqual(Float32Array.of(0.1))
  store.add([0.1])
  expect([...store.values()]).toEqual([Math.fround(0.1), 0.1])
})
