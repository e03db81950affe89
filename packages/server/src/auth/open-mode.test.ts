import { describe, expect, test } from 'vitest'
import { checkOpenRequest, isLoopbackHost } from './open-mode.ts'

test.each([
  'localhost',
  'localhost:5757',
  'LOCALHOST:1',
  '127.0.0.1:80',
  '127.1.2.3',
  '[::1]:5757',
  'a.localhost',
  'localhost.',
])('%s is this machine', (host) => expect(isLoopbackHost(host)).toBe(true))
test.each([
  'example.org',
  '127.0.0.1.example.org',
  'localhost.example.org',
  '10.0.0.1',
  '[::2]:80',
  '',
  '0.0.0.0',
  'notlocalhost',
])('%j may be another', (host) => expect(isLoopbackHost(host)).toBe(false))

describe('a request', () => {
  const check = (method: string, headers: Record<string, string>, isLoopbackOnly = true): void =>
    checkOpenRequest(new Request('http://127.0.0.1:5757/x', { method, headers }), { isLoopbackOnly })

  test('under another name is refused: that is how DNS rebinding reaches a loopback server', () => {
    expect(() => check('GET', { host: 'evil.example:5757' })).toThrow(expect.objectContaining({ code: 'host-refused' }))
    expect(() => check('GET', { host: 'evil.example:5757' }, false)).not.toThrow()
  })

  test('that changes something is refused from a page of another origin', () => {
    const host = '127.0.0.1:5757'
    const refused = expect.objectContaining({ code: 'origin-refused' })
    expect(() => check('POST', { host, origin: 'https://evil.example' })).toThrow(refused)
    expect(() => check('PUT', { host, origin: 'http://127.0.0.1:8080' })).toThrow(refused)
    expect(() => check('DELETE', { host, origin: 'null' })).toThrow(refused)
    expect(() => check('POST', { host, origin: 'http://127.0.0.1:5757' })).not.toThrow()
    expect(() => check('POST', { host })).not.toThrow()
    expect(() => check('GET', { host, origin: 'https://evil.example' })).not.toThrow()
  })
})
