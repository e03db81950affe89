import type { ArtifactBlobRow, ArtifactDigestAlgorithm } from '@lossline/store'
import type { ArtifactServices } from './artifact-services.ts'

/** What names the bytes of a file. */
export interface NamedBytes {
  readonly algorithm: ArtifactDigestAlgorithm
  /** Base64. */
  readonly digest: string
}

export function blobKey({ algorithm, digest }: NamedBytes): string {
  return `${algorithm} ${digest}`
}

/** The contents of a project that have these names, by {@link blobKey}. */
export async function findBlobs(
  { reads }: Pick<ArtifactServices, 'reads'>,
  project: number,
  named: readonly NamedBytes[],
): Promise<Map<string, ArtifactBlobRow>> {
  const found = new Map<string, ArtifactBlobRow>()
  for (const [algorithm, group] of Map.groupBy(named, (one) => one.algorithm)) {
    const digests = group.map(({ digest }) => digest)
    for (const blob of await reads.blobs({ project, digests, algorithm })) {
      // The question was for those that have one.
      found.set(blobKey({ algorithm, digest: blob[algorithm]! }), blob)
    }
  }
  return found
}
