import { z } from 'zod'
import { ServerError } from '../errors.ts'
import type { SignedClaim, UrlSigner } from './signed-url.ts'

const querySchema = z.object({ name: z.string(), expires: z.coerce.number(), signature: z.string() })

/** Uploads queue behind others and are retried for long: a day. */
export const uploadUrlLifetimeMs: number = 24 * 60 * 60_000
export const downloadUrlLifetimeMs: number = 60 * 60_000
/** A scan goes back to the file for as long as its rows are worked on. */
export const historyExportUrlLifetimeMs: number = 24 * 60 * 60_000

/**
 * What a signed request may do: exactly what its URL says.
 *
 * @throws {@link ServerError} `unauthorized`.
 */
export function requireSignature(request: Request, signer: UrlSigner, nowMs: number): SignedClaim {
  const url = new URL(request.url)
  const parsed = querySchema.safeParse(Object.fromEntries(url.searchParams))
  // Asking for the headers alone needs no other permission.
  const method = request.method === 'HEAD' ? 'GET' : request.method
  if (parsed.success && (method === 'GET' || method === 'PUT')) {
    const { name, expires, signature } = parsed.data
    const claim: SignedClaim = { method, path: url.pathname, name, expiresAtMs: expires }
    if (signer.isValid(claim, signature, nowMs)) return claim
  }
  throw new ServerError({
    code: 'unauthorized',
    message: 'This link is not valid, or not any more.',
    hint: 'Ask for a new one: links to uploads and exported histories are valid for a day, links to files for an hour.',
  })
}
