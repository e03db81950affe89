import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AxisGrid, bucketOf, bucketPoints } from './bucket-points.ts'
import { orderPoints } from './points.ts'

const value = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY),
)
const points = fc.array(fc.tuple(fc.double({ min: 0.001, max: 1000, noNaN: true }), value), { maxLength: 200 })

test('buckets hold exactly what a plain loop finds in them', () => {
  fc.assert(
    fc.property(points, fc.integer({ min: 1, max: 30 }), fc.constantFrom('linear', 'log'), (list, count, scale) => {
      const { x, y } = orderPoints(
        Float64Array.from(list, ([at]) => at),
        Float64Array.from(list, ([, v]) => v),
        scale,
      )
      const grid: AxisGrid = { from: x[0] ?? 1, to: x.at(-1) ?? 1, count, scale }
      const buckets = bucketPoints(x, y, grid, 0, x.length)
      const expected = new Map<number, number[]>()
      x.forEach((at, i) => {
        if (!Number.isFinite(y[i]!)) return
        expected.set(bucketOf(grid, at), [...(expected.get(bucketOf(grid, at)) ?? []), i])
      })
      expect([...buckets.index]).toEqual([...expected.keys()])
      ;[...expected.values()].forEach((members, at) => {
        const values = members.map((i) => y[i]!)
        expect(buckets.count[at]).toBe(members.length)
        expect(buckets.first[at]).toBe(Math.fround(values[0]!))
        expect(buckets.min[at]).toBe(Math.fround(Math.min(...values)))
        expect(buckets.max[at]).toBe(Math.fround(Math.max(...values)))
        expect(buckets.last[at]).toBe(values.at(-1))
        expect(buckets.lastX[at]).toBe(x[members.at(-1)!])
        expect(buckets.lastPoint[at]).toBe(members.at(-1))
      })
    }),
  )
})

test('the last bucket includes its end, and every x has a bucket', () => {
  const grid: AxisGrid = { from: 0, to: 10, count: 4, scale: 'linear' }
  expect([0, 2.49, 2.5, 5, 9.99, 10].map((x) => bucketOf(grid, x))).toEqual([0, 0, 1, 2, 3, 3])
  expect(bucketOf({ from: 5, to: 5, count: 16, scale: 'linear' }, 5)).toBe(0)
  expect([1, 9.9, 10.1, 99, 101, 1000].map((x) => bucketOf({ from: 1, to: 1000, count: 3, scale: 'log' }, x))).toEqual([
    0, 0, 1, 1, 2, 2,
  ])
})

test('points come into order of x, in logging order where equal, and those a log axis cannot show are counted', () => {
  const x = Float64Array.of(3, -1, 2, 2, 0, Number.NaN, 1)
  const y = Float64Array.of(0, 1, 2, 3, 4, 5, 6)
  expect(orderPoints(x, y, 'log')).toEqual({
    x: Float64Array.of(1, 2, 2, 3),
    y: Float64Array.of(6, 2, 3, 0),
    hiddenCount: 2,
    loggedOrder: Uint32Array.of(3, 1, 2, 0),
  })
  expect(orderPoints(x, y, 'linear').x).toEqual(Float64Array.of(-1, 0, 1, 2, 2, 3))
})
