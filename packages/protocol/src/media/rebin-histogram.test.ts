import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BinnedCounts, evenEdges, rebinHistogram } from './rebin-histogram.ts'

const values = fc.double({ noNaN: true, noDefaultInfinity: true })
const edges = (min: number) =>
  fc
    .oneof(
      fc.array(values, { minLength: min, maxLength: 20 }),
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: min, maxLength: 20 }),
    )
    // Bins without a width are in what people log.
    .map((list) => list.toSorted((a, b) => a - b))
const histogram: fc.Arbitrary<BinnedCounts> = edges(2).chain((own) =>
  fc
    .array(fc.nat(1_000_000), { minLength: own.length - 1, maxLength: own.length - 1 })
    .map((counts) => ({ counts, edges: own })),
)
const axis = edges(2).filter((list) => new Set(list).size === list.length)
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

test('no value is lost and none comes from nowhere', () => {
  fc.assert(
    fc.property(histogram, axis, (given, onto) => {
      const counts = rebinHistogram(given, onto)
      expect(counts.length).toBe(onto.length - 1)
      expect(sum(counts)).toBeCloseTo(sum(given.counts), 3)
      const slack = 1e-9 * (1 + sum(given.counts))
      for (const count of counts) expect(count).toBeGreaterThanOrEqual(-slack)
    }),
  )
})

test('as many values lie below an edge that both have as did before', () => {
  fc.assert(
    fc.property(histogram, axis, (given, extra) => {
      const onto = [...new Set([...given.edges, ...extra])].sort((a, b) => a - b)
      if (onto.length < 2) return
      const counts = rebinHistogram(given, onto)
      for (const [index, edge] of given.edges.entries()) {
        // A bin without a width is above its edge, but for the last edge of all: what is there belongs to the bin below.
        if (index !== given.edges.indexOf(edge) || edge === onto.at(-1)) continue
        const before = sum(given.counts.slice(0, index))
        expect(sum(counts.slice(0, onto.indexOf(edge)))).toBeCloseTo(before, 3)
      }
    }),
  )
})

test('over its own bins a histogram stays as it is, and halves of a bin share its count', () => {
  fc.assert(
    fc.property(axis, (own) => {
      const counts = own.slice(1).map((_, index) => index + 1)
      expect(rebinHistogram({ counts, edges: own }, own)).toEqual(counts)
    }),
  )
  expect(rebinHistogram({ counts: [4], edges: [0, 2] }, [0, 1, 2])).toEqual([2, 2])
  expect(rebinHistogram({ counts: [8], edges: [0, 4] }, [1, 2, 3])).toEqual([4, 4])
  expect(rebinHistogram({ counts: [3], edges: [5, 5] }, [0, 5, 10])).toEqual([0, 3])
})

test('an axis of one value, and of all numbers there are, still has bins', () => {
  for (const [low, high] of [
    [3, 3],
    [1e17, 1e17],
    [0, 0],
    [-1.7e308, 1.7e308],
  ] as const) {
    const axisEdges = evenEdges(low, high, 64)
    expect(axisEdges.length).toBe(65)
    expect(axisEdges[0]).toBe(low)
    for (const [index, edge] of axisEdges.entries()) if (index > 0) expect(edge).toBeGreaterThan(axisEdges[index - 1]!)
  }
})
