import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'

/** Algorithms of the digests that are written. */
export type DigestAlgorithm = 'md5' | 'sha256'

/** A value for each algorithm. */
export type Digests<Algorithm extends DigestAlgorithm> = { readonly [Name in Algorithm]: Buffer }

// Read at once from a file, and hashed between two signs of life: some milliseconds of work.
const partBytes = 2 ** 22

/**
 * Hashes bytes part by part.
 *
 * @param onWork - Called after each part, so that others see that this thread is alive.
 */
export function hashInParts<Algorithm extends DigestAlgorithm>(
  bytes: Uint8Array,
  algorithms: readonly Algorithm[],
  onWork: () => void = () => {},
): Digests<Algorithm> {
  const hashes = algorithms.map((algorithm) => [algorithm, createHash(algorithm)] as const)
  for (let start = 0; start < bytes.length; start += partBytes) {
    const part = bytes.subarray(start, start + partBytes)
    for (const [, hash] of hashes) hash.update(part)
    onWork()
  }
  // An entry for each algorithm is what the type says.
  return Object.fromEntries(hashes.map(([name, hash]) => [name, hash.digest()])) as Digests<Algorithm>
}

/**
 * Hashes a file part by part. Synchronous: for a worker thread.
 *
 * @throws what the file system throws.
 */
export function hashFileInParts(
  path: string,
  algorithm: DigestAlgorithm,
  onWork: () => void = () => {},
): { readonly digest: Buffer; readonly sizeBytes: number } {
  const hash = createHash(algorithm)
  const fileDescriptor = openSync(path, 'r')
  try {
    const part = new Uint8Array(partBytes)
    let sizeBytes = 0
    for (;;) {
      const count = readSync(fileDescriptor, part, 0, part.length, sizeBytes)
      if (count === 0) return { digest: hash.digest(), sizeBytes }
      hash.update(part.subarray(0, count))
      sizeBytes += count
      onWork()
    }
  } finally {
    closeSync(fileDescriptor)
  }
}
