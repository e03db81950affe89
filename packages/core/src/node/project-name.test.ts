import { expect, test } from 'vitest'
import { defaultProjectName } from './project-name.ts'

test.each([
  [undefined, '/home/me/train.js', 'uncategorized'],
  ['/home/me/digits', '/home/me/digits/train.js', 'digits'],
  ['/home/me/digits', '/home/me/digits/models/cnn/train.js', 'digits-models_cnn'],
  ['/home/me/digits', '/usr/lib/tool.js', 'digits'],
  ['/home/me/digits', undefined, 'digits'],
  ['/home/me/what?#', '/home/me/what?#/a.js', 'what__'],
  [`/home/${'x'.repeat(200)}`, undefined, 'x'.repeat(128)],
  ['/', '/a.js', 'uncategorized'],
])('repository %s, program %s: %s', (gitRoot, program, expected) => {
  expect(defaultProjectName(gitRoot, program)).toBe(expected)
})
