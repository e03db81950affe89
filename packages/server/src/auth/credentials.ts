import { timingSafeEqual } from 'node:crypto'

/** Name of the cookie of a signed-in browser. */
export const sessionCookieName = 'lossline_session'

/** What a request brings to prove who sends it. */
export type Credentials = { readonly apiKey: string } | { readonly session: string } | undefined

/** W&B's client sends keys as the password of `api` (any name is taken); scripts may send them as bearer. */
export function readCredentials(headers: Headers): Credentials {
  const [scheme = '', value = ''] = (headers.get('authorization') ?? '').trim().split(/\s+/, 2)
  if (scheme.toLowerCase() === 'bearer') return { apiKey: value }
  if (scheme.toLowerCase() === 'basic') {
    const text = Buffer.from(value, 'base64').toString('utf8')
    return { apiKey: text.slice(text.indexOf(':') + 1) }
  }
  if (scheme !== '') return { apiKey: '' }
  const cookies = (headers.get('cookie') ?? '').split(/;\s*/)
  const found = cookies.find((cookie) => cookie.startsWith(`${sessionCookieName}=`))
  return found === undefined ? undefined : { session: found.slice(sessionCookieName.length + 1) }
}

/** Whether a text is the secret, in a time that says nothing of it. */
export function isSecret(text: string, secret: string): boolean {
  const [given, expected] = [Buffer.from(text), Buffer.from(secret)]
  return given.length === expected.length && timingSafeEqual(given, expected)
}
