import { createHash, randomInt } from 'node:crypto'
import { ServerError } from '../../errors.ts'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** The part that names a key in lists, and 40 characters beside it: as many as W&B's client asks of a secret. */
const keyLength = 48
const prefixLength = 8

/** A new key: 48 random letters and digits, 285 bits. */
export function generateApiKey(): string {
  return Array.from({ length: keyLength }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** @throws {@link ServerError} `invalid-request` for a key that W&B's client would not send, or that could be guessed. */
export function checkGivenKey(key: string): string {
  if (/^[A-Za-z0-9_-]{40,256}$/.test(key)) return key
  throw new ServerError({
    code: 'invalid-request',
    message: 'An API key has 40 to 256 letters, digits, "_" and "-".',
    hint: 'Leave the key out to have one made.',
  })
}

/** What is kept of a key. Keys are long and random, so that one round of a fast hash is as safe as many of a slow one. */
export function digestApiKey(key: string): Uint8Array {
  return createHash('sha256').update(key).digest()
}

/** By which people tell their keys apart. */
export function prefixOf(key: string): string {
  return key.slice(0, prefixLength)
}
