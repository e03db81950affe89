import { timingSafeEqual } from 'node:crypto'
import { readCookie } from './read-cookie.ts'

/** Name of the cookie of a signed-in browser. */
export const sessionCookieName = 'lossline_session'

/** What a request brings to prove who sends it. */
export type Credentials = { readonly apiKey: string } | { readonly session: string } | undefined

/** The scheme of an authorization, in lower case, and what stands behind it, which may have spaces in it; empty without one. */
export function readAuthorization(headers: Headers): { readonly scheme: string; readonly value: string } {
  const [, scheme = '', value = ''] = /^(\S+)\s*(.*)$/.exec((headers.get('authorization') ?? '').trim()) ?? []
  return { scheme: scheme.toLowerCase(), value }
}

/** W&B's client sends keys as the password of `api` (any name is taken); scripts may send them as bearer. */
export function readCredentials(headers: Headers): Credentials {
  const { scheme, value } = readAuthorization(headers)
  if (scheme === 'bearer') return { apiKey: value }
  if (scheme === 'basic') {
    const text = Buffer.from(value, 'base64').toString('utf8')
    return { apiKey: text.slice(text.indexOf(':') + 1) }
  }
  if (scheme !== '') return { apiKey: '' }
  const session = readCookie(headers, sessionCookieName)
  return session === undefined ? undefined : { session }
}

/** Whether a text is the secret, in a time that says nothing of it. */
export function isSecret(text: string, secret: string): boolean {
  const [given, expected] = [Buffer.from(text), Buffer.from(secret)]
  return given.length === expected.length && timingSafeEqual(given, expected)
}
