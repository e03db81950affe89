import type { ArtifactVersion } from '@lossline/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createVersionPruner, splitBest } from './version-pruner.ts'

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

test('the version that is called the best stays, also where a minDelta lets others have better values', async () => {
  const deleted: string[] = []
  const pruner = createVersionPruner(1, ({ message }) => expect.fail(message))
  const versionOf = (digest: string) =>
    ({
      digest,
      id: digest,
      wait: async () => {},
      delete: async () => void deleted.push(digest),
    }) as never as ArtifactVersion
  pruner.add(versionOf('called the best'), { score: 1, isBest: true })
  pruner.add(versionOf('a little better'), { score: 1.05, isBest: false })
  pruner.add(versionOf('worse'), { score: 0, isBest: false })
  await pruner.settled()
  expect(deleted).toEqual([])
  pruner.add(versionOf('much better'), { score: 2, isBest: true })
  await pruner.settled()
  expect(deleted).toEqual(['called the best', 'a little better', 'worse'])
})
