import { expect, test } from 'vitest'
import { plainText } from './plain-text.ts'

test('signs of Markdown are left out, and what only looks like them stays', () => {
  expect(plainText('first **try** 1')).toBe('first try 1')
  expect(plainText('# Plan\n\n- use `adam`\n- see [the log](https://a.b/c)\n> *really* __now__')).toBe(
    'Plan use adam see the log really now',
  )
  expect(plainText('lr_max = 2 * 3 * 4, a_b_c')).toBe('lr_max = 2 * 3 * 4, a_b_c')
})
