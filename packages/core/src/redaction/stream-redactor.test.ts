import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedactor } from './redaction.ts'
import { createStreamRedactor } from './stream-redactor.ts'

function redact(secrets: readonly string[], pieces: readonly string[]): string {
  const stream = createStreamRedactor(createRedactor(secrets), 'console')
  return pieces.map((piece) => stream.push(piece)).join('') + stream.flush()
}

describe('text in pieces', () => {
  test.each([
    [['the key is abcd', 'efgh!\n'], 'the key is [redacted]!\n'],
    [['abcdefg', 'abcdefgh', 'abcdefg'], 'abcdefg[redacted]abcdefg'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], '[redacted]'],
    [['postgres://me:p', 'w@db/x and git@github.com'], 'postgres://[redacted]@db/x and git@github.com'],
    [['http://127.0.0.1:5757', '/local'], 'http://127.0.0.1:5757/local'],
  ])('%j', (pieces, expected) => {
    expect(redact(['abcdefgh'], pieces)).toBe(expected)
  })

  test('passes on at once what cannot be part of a secret', () => {
    const stream = createStreamRedactor(createRedactor(['abcdefgh']), 'console')
    expect(stream.push('epoch 1\n')).toBe('epoch 1\n')
    expect(stream.push('epoch ab')).toBe('epoch ')
    expect(stream.push('x\n')).toBe('abx\n')
  })

  // Few letters, so that secrets overlap with themselves and with each other.
  const secret = fc.stringMatching(/^[ab]{8,12}$/)
  const piece = fc.oneof(fc.stringMatching(/^[ab]{0,6}$/), fc.constantFrom('\n', ' ', 'é', '\ud83d'))

  test('holds no secret afterwards, wherever it was cut, and keeps everything else', () => {
    fc.assert(
      fc.property(fc.array(secret, { minLength: 1, maxLength: 3 }), fc.array(piece), (secrets, pieces) => {
        const redacted = redact(secrets, pieces)
        for (const one of secrets) expect(redacted).not.toContain(one)
        const whole = pieces.join('')
        if (!secrets.some((one) => whole.includes(one))) expect(redacted).toBe(whole)
        expect(redacted.replaceAll('[redacted]', '').length).toBeLessThanOrEqual(whole.length)
      }),
    )
  })

  test('is the same however it was cut, when secrets do not begin with each other', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('xx', 'abcd', 'efgh', 'ab', 'abcdefgh', '\n')), fc.nat(5), (parts, size) => {
        const whole = parts.join('')
        const cut = whole.match(new RegExp(`[^]{1,${size + 1}}`, 'g')) ?? []
        expect(redact(['abcdefgh'], cut)).toBe(whole.replaceAll('abcdefgh', '[redacted]'))
      }),
    )
  })
})
