import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRange } from './byte-range.ts'

test.each([
  ['bytes=0-3', { kind: 'part', range: { first: 0, last: 3 } }],
  ['bytes=8-', { kind: 'part', range: { first: 8, last: 9 } }],
  ['bytes=-3', { kind: 'part', range: { first: 7, last: 9 } }],
  ['bytes=-30', { kind: 'part', range: { first: 0, last: 9 } }],
  ['bytes=5-50', { kind: 'part', range: { first: 5, last: 9 } }],
  ['bytes=10-', { kind: 'unsatisfiable' }],
  ['bytes=-0', { kind: 'unsatisfiable' }],
  ['bytes=5-3', undefined],
  ['bytes=0-1,4-5', undefined],
  ['items=0-1', undefined],
  ['bytes=-', undefined],
  [undefined, undefined],
])('%s of ten bytes', (header, expected) => {
  expect(parseRange(header, 10)).toEqual(expected)
})

test('an empty content has no parts', () => {
  expect(parseRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' })
})

test('a part is never outside the content, and never empty', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.option(fc.nat(30)), fc.option(fc.nat(30)), (size, from, to) => {
      const asked = parseRange(`bytes=${from ?? ''}-${to ?? ''}`, size)
      if (asked?.kind !== 'part') return
      expect(asked.range.first).toBeGreaterThanOrEqual(0)
      expect(asked.range.last).toBeGreaterThanOrEqual(asked.range.first)
      expect(asked.range.last).toBeLessThan(size)
    }),
  )
})
