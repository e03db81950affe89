import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createXxh128 } from '@lossline/protocol'

/** By what a content is known. */
export interface ExpectedDigests {
  /** MD5 in base64; undefined: not known. */
  readonly md5Base64: string | undefined
  /** XXH128 in base64, by which W&B's client names files on demand. Default: not known. It counts where there is no MD5. */
  readonly xxh128Base64?: string | undefined
}

/** The digest that a content must have; undefined: any content will do. */
export function expectedDigest({ md5Base64, xxh128Base64 }: ExpectedDigests): string | undefined {
  return md5Base64 ?? xxh128Base64
}

/** A digest that is reckoned while a content comes. */
export interface ContentHash {
  update(bytes: Uint8Array): void
  base64(): string
}

/** A hash of the kind of {@link expectedDigest}; MD5 where none is expected. */
export function createContentHash({ md5Base64, xxh128Base64 }: ExpectedDigests): ContentHash {
  if (md5Base64 !== undefined || xxh128Base64 === undefined) {
    const md5 = createHash('md5')
    return { update: (bytes) => void md5.update(bytes), base64: () => md5.digest('base64') }
  }
  const xxh128 = createXxh128()
  return {
    update: (bytes) => void xxh128.update(bytes),
    base64: () => Buffer.from(xxh128.digest()).toString('base64'),
  }
}

/** Whether a file has the expected digest; false when it cannot be read. */
export async function hasExpectedDigest(path: string, expected: ExpectedDigests): Promise<boolean> {
  const hash = createContentHash(expected)
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  } catch {
    return false
  }
  return hash.base64() === expectedDigest(expected)
}
