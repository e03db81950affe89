import type { ArtifactDigestAlgorithm } from '@lossline/store'

/** An algorithm as the wire says it; clients that say nothing mean MD5. */
export function fromWireAlgorithm(name: string | null | undefined): ArtifactDigestAlgorithm {
  return name === 'MANIFEST_XXH128' ? 'xxh128' : 'md5'
}

export function toWireAlgorithm(algorithm: ArtifactDigestAlgorithm): string {
  return algorithm === 'xxh128' ? 'MANIFEST_XXH128' : 'MANIFEST_MD5'
}
