import type { ManifestEntry } from '@lossline/protocol'

/** MD5 of a file in base64; undefined for references, and for files that W&B's client has named by their XXH128. */
export function maybeMd5Of({ ref, digest, extra }: ManifestEntry): string | undefined {
  return ref !== undefined || extra?.alg === 'XXH128' ? undefined : digest
}
