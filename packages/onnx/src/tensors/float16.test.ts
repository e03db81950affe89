import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromFloat16Bits } from './float16.ts'

test.each([
  [0x0000, 0],
  [0x8000, -0],
  [0x3c00, 1],
  [0xc000, -2],
  [0x3555, 0.333251953125],
  [0x7bff, 65504],
  [0x0001, 2 ** -24],
  [0x03ff, 1023 * 2 ** -24],
  [0x0400, 2 ** -14],
  [0x7c00, Number.POSITIVE_INFINITY],
  [0xfc00, Number.NEGATIVE_INFINITY],
  [0x7e00, Number.NaN],
])('the bits %i are %d', (bits, value) => {
  expect(fromFloat16Bits(Uint16Array.of(bits))[0]).toBe(value)
})

test('the order of positive bits is that of their numbers', () => {
  const positive = fc.integer({ min: 0, max: 0x7c00 })
  fc.assert(
    fc.property(positive, positive, (one, other) => {
      const [a = 0, b = 0] = fromFloat16Bits(Uint16Array.of(one, other))
      return Math.sign(a - b) === Math.sign(one - other) || (a === b && one === other)
    }),
  )
})
