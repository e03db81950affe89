import { expect, test } from 'vitest'
import { joinHint } from './errors.ts'

test.each([
  ['No server answers', 'Start one.', 'No server answers. Start one.'],
  ['No server answers.', 'Start one.', 'No server answers. Start one.'],
  ['Which one?', 'Name it.', 'Which one? Name it.'],
  ['No server answers', undefined, 'No server answers'],
])('"%s" and "%s" become one line', (message, hint, line) => {
  expect(joinHint(message, hint)).toBe(line)
})
