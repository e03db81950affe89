import { createHash } from 'node:crypto'
import type { TextHash } from '@lossline/protocol'
import type { ArtifactDigestAlgorithm } from '@lossline/store'
import { invalid } from './artifact-names.ts'

/** What a content must have for digests, base64. */
export interface ExpectedDigests {
  readonly md5: string
  /** Undefined where the client did not say one. */
  readonly xxh128: string | undefined
}

/** A digest that takes its content piece by piece. */
export interface ContentHash {
  update(content: string | Uint8Array): unknown
  digest(encoding: 'hex'): string
}

/** Makes a hash of the algorithm that Node does not have. */
export type CreateXxh128 = () => Promise<ContentHash>

/** Passes a content through and throws `invalid-request` at its end when it is another one. */
export async function* checkingDigests(
  content: AsyncIterable<Uint8Array>,
  expected: ExpectedDigests,
  createXxh128: CreateXxh128,
): AsyncGenerator<Uint8Array> {
  const md5 = createHash('md5')
  const xxh128 = expected.xxh128 === undefined ? undefined : await createXxh128()
  for await (const part of content) {
    md5.update(part)
    xxh128?.update(part)
    yield part
  }
  const foundMd5 = md5.digest('base64')
  if (foundMd5 !== expected.md5) throw invalid(`The content has the MD5 ${foundMd5}, not ${expected.md5}.`)
  const foundXxh128 = xxh128 && Buffer.from(xxh128.digest('hex'), 'hex').toString('base64')
  if (foundXxh128 !== expected.xxh128) {
    throw invalid(`The content has the XXH128 ${foundXxh128}, not ${expected.xxh128}.`)
  }
}

/** For the digest of a list of files. */
export async function createTextHash(
  algorithm: ArtifactDigestAlgorithm,
  createXxh128: CreateXxh128,
): Promise<TextHash> {
  return algorithm === 'xxh128' ? createXxh128() : createHash('md5')
}

/** MD5 or XXH128 in base64; what it is called in the message tells which. @throws {@link ServerError} `invalid-request`. */
export function checkDigest(algorithm: ArtifactDigestAlgorithm, text: string): string {
  if (/^[A-Za-z0-9+/]{22}==$/.test(text)) return text
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
  throw invalid(`Not an ${algorithm === 'md5' ? 'MD5' : 'XXH128'} in base64: ${shown}.`)
}
