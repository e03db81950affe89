import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a signed URL allows: one method on one target, for a while. */
export interface SignedClaim {
  readonly method: 'GET' | 'PUT'
  /** Path of the URL, made of names and numbers that need no escaping. */
  readonly path: string
  /** What a client or a run named, if that matters. */
  readonly name: string
  readonly expiresAtMs: number
}

/** Makes and checks URLs that are their own permission: W&B's client sends no key with the bytes of files. */
export interface UrlSigner {
  /** Path and query, percent-encoded. The name is in the query, where no client tidies up `..`. */
  sign(claim: SignedClaim): string
  isValid(claim: SignedClaim, signature: string, nowMs: number): boolean
}

/** @param secret - At least 32 random bytes; the same after a restart, since uploads may be retried for a day. */
export function createUrlSigner(secret: Uint8Array): UrlSigner {
  const signature = (claim: SignedClaim): Buffer =>
    createHmac('sha256', secret)
      .update(JSON.stringify([claim.method, claim.path, claim.name, claim.expiresAtMs]))
      .digest()
  return {
    sign(claim) {
      const query = new URLSearchParams({
        name: claim.name,
        expires: String(claim.expiresAtMs),
        signature: signature(claim).toString('base64url'),
      })
      return `${claim.path}?${query}`
    },
    isValid(claim, given, nowMs) {
      const bytes = Buffer.from(given, 'base64url')
      const expected = signature(claim)
      return claim.expiresAtMs >= nowMs && bytes.length === expected.length && timingSafeEqual(bytes, expected)
    },
  }
}
