import { parseJson, stringifyJson } from '@lossline/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitSummary } from './summary-fit.ts'

test('leaves the largest values out, media as a whole, and keeps what the writer adds', () => {
  const summary = {
    loss: 0.5,
    deep: { text: 'x'.repeat(300), other: { small: 1 } },
    picture: { _type: 'image-file', path: 'y'.repeat(200), width: 4 },
    _step: 7,
    _wandb: { runtime: 3, lossline: { note: 'z'.repeat(100) } },
  }
  const { json, leftOut } = fitSummary(summary, 300)
  expect(leftOut).toEqual([['deep', 'text'], ['picture']])
  expect(JSON.parse(json)).toEqual({
    loss: 0.5,
    deep: { other: { small: 1 } },
    _step: 7,
    _wandb: { runtime: 3, lossline: { note: 'z'.repeat(100) } },
  })
})

test('keys that are too large leave only what the writer adds', () => {
  const { json, leftOut } = fitSummary({ ['k'.repeat(500)]: { a: 1 }, b: 2, _step: 1 }, 100)
  expect(json).toBe('{"_step":1}')
  expect(leftOut).toHaveLength(2)
})

test('what is left fits, is part of what was there, and lacks no more than is said', () => {
  const leaf = fc.oneof(fc.double(), fc.string({ unit: 'grapheme', maxLength: 60 }), fc.array(fc.integer()))
  // A `_type` makes one value of an object.
  const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((key) => !key.startsWith('_'))
  const object = fc.dictionary(label, fc.oneof(leaf, fc.dictionary(label, leaf)), { maxKeys: 8 })
  fc.assert(
    fc.property(object, fc.integer({ min: 2, max: 400 }), (given, bytesMax) => {
      const before = stringifyJson(given)
      const { json, leftOut } = fitSummary(parseJson(before) as typeof given, bytesMax)
      expect(Buffer.byteLength(json)).toBeLessThanOrEqual(bytesMax)
      if (Buffer.byteLength(before) <= bytesMax) expect([json, leftOut]).toEqual([before, []])
      const kept = leavesOf(parseJson(json) as object)
      const all = leavesOf(parseJson(before) as object)
      expect([...kept, ...leftOut.map((path) => JSON.stringify(path))].sort()).toEqual([...all].sort())
    }),
  )
})

/** Paths of everything that is no object. */
function leavesOf(value: object, above: readonly string[] = []): string[] {
  return Object.entries(value).flatMap(([label, member]) => {
    const path = [...above, label]
    const isBranch = typeof member === 'object' && member !== null && !Array.isArray(member)
    return isBranch ? leavesOf(member, path) : [JSON.stringify(path)]
  })
}
