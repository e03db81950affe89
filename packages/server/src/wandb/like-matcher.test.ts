import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLikeMatcher } from './like-matcher.ts'

const signs = fc.array(fc.constantFrom('a', 'b', '%', '_', '.', '\n', '\u{1f600}'), { maxLength: 8 })

test('a pattern matches what SQL would match with it', () => {
  fc.assert(
    fc.property(signs, signs, (pattern, text) => {
      const source = pattern.map((sign) => (sign === '%' ? '.*' : sign === '_' ? '.' : sign === '.' ? '\\.' : sign))
      const expected = new RegExp(`^${source.join('')}$`, 'su').test(text.join(''))
      expect(createLikeMatcher(pattern.join(''))(text.join(''))).toBe(expected)
    }),
    { numRuns: 2000 },
  )
})

test('many wildcards do not hang it', () => {
  const matches = createLikeMatcher(`${'%a'.repeat(200)}%b`)
  expect(matches('a'.repeat(5000))).toBe(false)
  expect(matches(`${'a'.repeat(5000)}b`)).toBe(true)
})
