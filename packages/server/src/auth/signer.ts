import { createHmac, timingSafeEqual } from 'node:crypto'

/** Signs what the server gives away and wants to recognise when it comes back. */
export interface Signer {
  /** The signature of what is said, base64url. What signatures are for belongs to it: one that is valid elsewhere says nothing here. */
  sign(said: readonly (string | number)[]): string
  /** Whether a signature is that of what is said, in a time that says nothing of it. */
  isSigned(said: readonly (string | number)[], signature: string): boolean
}

/** @param secret - At least 32 random bytes; with the same ones signatures outlive a restart. */
export function createSigner(secret: Uint8Array): Signer {
  const digest = (said: readonly (string | number)[]): Buffer =>
    createHmac('sha256', secret).update(JSON.stringify(said)).digest()
  return {
    sign: (said) => digest(said).toString('base64url'),
    isSigned(said, signature) {
      const [given, expected] = [Buffer.from(signature, 'base64url'), digest(said)]
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
  }
}
