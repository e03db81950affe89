import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createGlobMatcher, createPathMatcher } from './glob.ts'

describe('a pattern about the whole path', () => {
  test.each([
    ['*.ckpt', 'a.ckpt', true],
    ['*.ckpt', 'sub/a.ckpt', false],
    ['**/*.ckpt', 'sub/deep/a.ckpt', true],
    ['**/*.ckpt', 'a.ckpt', true],
    ['media/**', 'media/images/a.png', true],
    ['media/*', 'media/images/a.png', false],
    ['a?.txt', 'ab.txt', true],
    ['a[0-9].txt', 'a7.txt', true],
    ['a[!0-9].txt', 'a7.txt', false],
    ['a[]x]', 'a]', true],
    ['a[!]x]', 'a]', false],
    ['*.{png,jpg}', 'a.jpg', true],
    ['a+(b).txt', 'a+(b).txt', true],
    ['a.txt', 'abtxt', false],
    ['a[b', 'a[b', true],
    ['a[z-a]*', 'a[z-a] run', true],
    ['a[z-a]', 'az', false],
  ])('%s for %s: %s', (pattern, path, isMatching) => {
    expect(createPathMatcher([pattern])(path)).toBe(isMatching)
  })
})

test.each([
  ['*.tmp', 'a/b.tmp', true],
  ['node_modules/', 'a/node_modules/b/c.js', true],
  ['node_modules/', 'node_modules', false],
  ['/a', 'b/a', false],
  ['a/*.txt', 'a/b.txt', true],
  ['data[z-a]', 'x/data[z-a]', true],
])('%s anywhere, for %s: %s', (pattern, path, isMatching) => {
  expect(createGlobMatcher([pattern])(path)).toBe(isMatching)
})

test('any text is a pattern, and one without special characters is about itself', () => {
  const texts = fc.array(fc.constantFrom(...'[]!^-{},*?\\/az.'), { maxLength: 8 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), texts), (text) => {
      createGlobMatcher([text])(text)
      const isMatching = createPathMatcher([text])(text)
      if (!/[[\]{}*?]/.test(text)) expect(isMatching).toBe(true)
    }),
  )
})
