import type { ManifestEntry } from '@lossline/protocol'

/** By what the content of a file is known: its MD5, or the XXH128 by which W&B's client has named it. Nothing for references. */
export function expectedDigestsOf({ ref, digest, extra }: ManifestEntry): {
  readonly md5Base64: string | undefined
  readonly xxh128Base64: string | undefined
} {
  const isXxh128 = extra?.alg === 'XXH128'
  const known = ref === undefined ? digest : undefined
  return { md5Base64: isXxh128 ? undefined : known, xxh128Base64: isXxh128 ? known : undefined }
}
