import { type ArtifactBlobRow, type ArtifactRow, parseBlobDigest } from '@lossline/store'
import { invalid } from './artifact-names.ts'
import type { ArtifactServices } from './artifact-services.ts'
import { findBlobs } from './find-blobs.ts'
import type { ManifestEntry } from './manifest.ts'

/**
 * A draft of a version from another project of the same entity names files that were uploaded there. Makes them known in the
 * project of the pending version `artifact`, in one transaction.
 *
 * @returns Those that were found, as {@link findBlobs}.
 * @throws {@link ServerError} `invalid-request` for one that was let go of meanwhile.
 */
export async function borrowBlobs(
  services: ArtifactServices,
  artifact: ArtifactRow,
  entity: string,
  entries: readonly ManifestEntry[],
): Promise<ReadonlyMap<string, ArtifactBlobRow>> {
  const lent = await findLent(services, entity, entries)
  if (lent.length === 0) return new Map()
  await services.store.write([
    // First, so that nobody takes what no entry names yet for unneeded.
    { kind: 'claim-artifact-blobs', artifact: artifact.id, md5s: lent.map(({ md5 }) => md5) },
    ...lent.map(
      ({ id: _, projectId: __, ...blob }) =>
        ({ kind: 'put-artifact-blob', project: artifact.projectId, ...blob }) as const,
    ),
  ])
  for (const { sha256 } of lent) {
    const digest = parseBlobDigest(sha256)
    const isThere = await services.contentTurns.run(digest, () => services.blobs.has(digest))
    if (!isThere) throw invalid(`The content ${sha256} of another version is gone; upload it again.`)
  }
  return findBlobs(services, artifact.projectId, entries)
}

async function findLent(
  services: ArtifactServices,
  entity: string,
  entries: readonly ManifestEntry[],
): Promise<readonly ArtifactBlobRow[]> {
  const { reads } = services
  const byBirth = Map.groupBy(entries, ({ birthArtifact }) => birthArtifact)
  const lent = new Map<string, ArtifactBlobRow>()
  for (const [birth, born] of byBirth) {
    const origin = birth === undefined ? undefined : await reads.artifact(birth)
    const owner = origin && (await reads.collectionById(origin.sequence))
    if (origin === undefined || owner?.entity !== entity) continue
    for (const blob of (await findBlobs(services, origin.projectId, born)).values()) lent.set(blob.md5, blob)
  }
  return [...lent.values()]
}
