import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toGrid } from './grid.ts'

const step = { kind: 'step' } as const

test('wide buckets of steps cover the range and have their borders between the store’s figures', () => {
  fc.assert(
    fc.property(
      fc.nat(1e7),
      fc.integer({ min: 64, max: 1e7 }),
      fc.integer({ min: 16, max: 4096 }),
      (from, more, buckets) => {
        const to = from + Math.max(more, buckets * 64)
        const grid = toGrid({ range: [from, to], buckets, x: step }, [])
        const width = (grid.to - grid.from) / grid.count
        expect(grid.from % 64).toBe(0)
        expect(width % 64).toBe(0)
        expect(grid.from).toBeLessThanOrEqual(from)
        expect(from - grid.from).toBeLessThan(64)
        expect(grid.to).toBeGreaterThan(to)
        expect(grid.to - to).toBeLessThanOrEqual(width)
        expect(grid.count).toBeLessThanOrEqual(buckets + 1)
        // No wider than needed: at least half of what was asked for.
        expect(grid.count).toBeGreaterThanOrEqual(buckets / 2)
      },
    ),
  )
})

test('narrow buckets, log axes and other axes are as they were asked for', () => {
  const range = [10, 100_010] as const
  const asked = { from: 10, to: 100_010, scale: 'linear' }
  expect(toGrid({ range, buckets: 2000, x: step }, [])).toEqual({ ...asked, count: 2000 })
  expect(toGrid({ range, buckets: 100, x: { kind: 'wall' } }, [])).toEqual({ ...asked, count: 100 })
  expect(toGrid({ range, buckets: 100, x: step, scale: 'log' }, [])).toEqual({ ...asked, scale: 'log', count: 100 })
})
