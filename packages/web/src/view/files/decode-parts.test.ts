import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeParts } from './decode-parts.ts'

test('a text is the same however its bytes are cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 7 }), (text, size) => {
      const bytes = new TextEncoder().encode(text)
      const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.slice(i * size, (i + 1) * size),
      )
      // A mark of byte order at the beginning is not part of a text.
      expect(decodeParts(parts)).toBe(text.replace(/^\uFEFF/, ''))
    }),
  )
  expect(decodeParts([new TextEncoder().encode('é').slice(0, 1)])).toBe('')
})
