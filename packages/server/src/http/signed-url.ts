import { createSigner } from '../auth/signer.ts'

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
  const signer = createSigner(secret)
  const toSaid = ({ method, path, name, expiresAtMs }: SignedClaim) => [method, path, name, expiresAtMs] as const
  return {
    sign(claim) {
      const query = new URLSearchParams({
        name: claim.name,
        expires: String(claim.expiresAtMs),
        signature: signer.sign(toSaid(claim)),
      })
      return `${claim.path}?${query}`
    },
    isValid: (claim, signature, nowMs) => claim.expiresAtMs >= nowMs && signer.isSigned(toSaid(claim), signature),
  }
}
