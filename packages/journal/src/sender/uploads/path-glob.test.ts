import { expect, test } from 'vitest'
import { toPathExpression } from './path-glob.ts'

test.each([
  ['*.ckpt', 'a.ckpt', true],
  ['*.ckpt', 'sub/a.ckpt', false],
  ['**/*.ckpt', 'sub/deep/a.ckpt', true],
  ['media/**', 'media/images/a.png', true],
  ['media/*', 'media/images/a.png', false],
  ['a?.txt', 'ab.txt', true],
  ['a[0-9].txt', 'a7.txt', true],
  ['a[!0-9].txt', 'a7.txt', false],
  ['a+(b).txt', 'a+(b).txt', true],
  ['a.txt', 'abtxt', false],
  ['a[b', 'a[b', true],
])('%s for %s: %s', (glob, path, isMatching) => {
  expect(toPathExpression(glob).test(path)).toBe(isMatching)
})
