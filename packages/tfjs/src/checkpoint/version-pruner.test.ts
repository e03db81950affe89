import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitBest } from './version-pruner.ts'

test('the best n are kept in their order, and of equal ones the newer', () => {
  const scores = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NEGATIVE_INFINITY)))
  fc.assert(
    fc.property(scores, fc.integer({ min: 1, max: 4 }), (values, count) => {
      const entries = values.map((score, index) => ({ score, index }))
      const { best, rest } = splitBest(entries, count)
      expect(best).toHaveLength(Math.min(count, entries.length))
      expect([...best, ...rest].toSorted((a, b) => a.index - b.index)).toEqual(entries)
      for (const kept of best) {
        for (const left of rest) {
          expect(kept.score > left.score || (kept.score === left.score && kept.index > left.index)).toBe(true)
        }
      }
    }),
  )
})
