import { type ArtifactBlobRow, type ArtifactRow, parseBlobDigest } from '@lossline/store'
import { invalid } from './artifact-names.ts'
import type { ArtifactServices } from './artifact-services.ts'
import type { ManifestEntry } from './manifest.ts'

/**
 * A draft of a version from another project of the same entity names files that were uploaded there. Makes them known in the
 * project of the pending version `artifact`, in one transaction.
 *
 * @returns Those that were found.
 * @throws {@link ServerError} `invalid-request` for one that was let go of meanwhile.
 */
export async function borrowBlobs(
  services: ArtifactServices,
  artifact: ArtifactRow,
  entity: string,
  entries: readonly (readonly [path: string, entry: ManifestEntry])[],
): Promise<readonly ArtifactBlobRow[]> {
  const lent = await findLent(services, entity, entries)
  if (lent.length === 0) return []
  await services.store.write([
    // First, so that nobody takes what no entry names yet for unneeded.
    { kind: 'claim-artifact-blobs', artifact: artifact.id, md5s: lent.map(({ md5 }) => md5) },
    ...lent.map(
      ({ md5, sha256, sizeBytes, birthArtifact }) =>
        ({ kind: 'put-artifact-blob', project: artifact.projectId, md5, sha256, sizeBytes, birthArtifact }) as const,
    ),
  ])
  for (const { sha256 } of lent) {
    const digest = parseBlobDigest(sha256)
    const isThere = await services.contentTurns.run(digest, () => services.blobs.has(digest))
    if (!isThere) throw invalid(`The content ${sha256} of another version is gone; upload it again.`)
  }
  return services.reads.blobs({ project: artifact.projectId, md5s: lent.map(({ md5 }) => md5) })
}

async function findLent(
  { reads }: ArtifactServices,
  entity: string,
  entries: readonly (readonly [path: string, entry: ManifestEntry])[],
): Promise<readonly ArtifactBlobRow[]> {
  const byBirth = Map.groupBy(entries, ([, { birthArtifact }]) => birthArtifact)
  const lent = new Map<string, ArtifactBlobRow>()
  for (const [birth, born] of byBirth) {
    const origin = birth === undefined ? undefined : await reads.artifact(birth)
    const owner = origin && (await reads.collectionById(origin.sequence))
    if (origin === undefined || owner?.entity !== entity) continue
    const md5s = born.map(([, { digest }]) => digest)
    for (const blob of await reads.blobs({ project: origin.projectId, md5s })) lent.set(blob.md5, blob)
  }
  return [...lent.values()]
}
