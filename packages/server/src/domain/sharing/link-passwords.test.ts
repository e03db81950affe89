import { expect, test } from 'vitest'
import { hashPassword, isPassword } from './link-passwords.ts'

test('a password is known again, also when it is typed in another way, and kept twice it looks different', async () => {
  const kept = await hashPassword('caf\u00e9 au lait')
  expect(await isPassword('cafe\u0301 au lait', kept)).toBe(true)
  expect(await isPassword('cafe au lait', kept)).toBe(false)
  expect(await isPassword('', kept)).toBe(false)
  expect(await hashPassword('caf\u00e9 au lait')).not.toBe(kept)
})

test('what is no hash of a password fits none', async () => {
  for (const kept of ['', 'scrypt$2$8$1$$', 'plain$x', `bcrypt$2$8$1$AAAA$${'A'.repeat(43)}`]) {
    expect(await isPassword('x', kept)).toBe(false)
  }
})
