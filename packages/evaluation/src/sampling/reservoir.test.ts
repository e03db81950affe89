import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createReservoir } from './reservoir.ts'

describe('a reservoir', () => {
  test('holds everything until it is full, then its size, in order', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(60), fc.integer(), (size, count, seed) => {
        const reservoir = createReservoir<number>({ size, seed })
        for (let item = 0; item < count; item += 1) reservoir.offer(item)
        const items = reservoir.items()
        expect(items).toHaveLength(Math.min(size, count))
        expect(items).toEqual([...new Set(items)].toSorted((one, other) => one - other))
        expect(reservoir.offeredCount).toBe(count)
      }),
    )
  })

  test('asked beforehand, takes the same items as when all are offered', () => {
    fc.assert(
      fc.property(fc.nat(8), fc.nat(60), fc.integer(), (size, count, seed) => {
        const [offered, asked] = [createReservoir<number>({ size, seed }), createReservoir<number>({ size, seed })]
        for (let item = 0; item < count; item += 1) {
          const willTake = asked.willTakeNext()
          expect(asked.willTakeNext()).toBe(willTake)
          if (willTake) asked.offer(item)
          else asked.skip()
          expect(offered.offer(item)).toBe(willTake)
        }
        expect(asked.items()).toEqual(offered.items())
        expect(asked.offeredCount).toBe(count)
      }),
    )
  })

  test('gives every item the same chance', () => {
    const taken = new Array<number>(20).fill(0)
    const trials = 4000
    for (let seed = 0; seed < trials; seed += 1) {
      const reservoir = createReservoir<number>({ size: 5, seed })
      for (let item = 0; item < 20; item += 1) reservoir.offer(item)
      for (const item of reservoir.items()) taken[item] = (taken[item] ?? 0) + 1
    }
    // Expected 1,000 with a standard deviation of 27; the seeds are fixed.
    for (const count of taken) expect(Math.abs(count - trials / 4)).toBeLessThan(120)
  })

  test('is as heavy as it may be at most, but for one item alone, and still a fair sample', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 })
    fc.assert(
      fc.property(weights, fc.nat(30), fc.integer(), (given, max, seed) => {
        const reservoir = createReservoir<number>({ size: 20, seed, weight: { max, of: (item) => given[item]! } })
        for (const item of given.keys()) reservoir.offer(item)
        const items = reservoir.items()
        const sum = items.reduce((total, item) => total + given[item]!, 0)
        expect(sum <= max || items.length === 1).toBe(true)
        expect(items).toEqual([...new Set(items)].toSorted((one, other) => one - other))
        if (given.length > 0) expect(items.length).toBeGreaterThan(0)
      }),
    )
    const taken = new Array<number>(20).fill(0)
    for (let seed = 0; seed < 4000; seed += 1) {
      const reservoir = createReservoir<number>({ size: 20, seed, weight: { max: 50, of: () => 10 } })
      for (let item = 0; item < 20; item += 1) reservoir.offer(item)
      for (const item of reservoir.items()) taken[item] = (taken[item] ?? 0) + 1
    }
    for (const count of taken) expect(Math.abs(count - 1000)).toBeLessThan(120)
  })

  test.each([-1, 1.5, Number.NaN])('has no size of %s', (size) => {
    expect(() => createReservoir({ size })).toThrow(expect.objectContaining({ code: 'evaluation-option' }))
  })
})
