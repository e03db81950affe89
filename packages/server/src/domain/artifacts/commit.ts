import { createManifestDigest } from '@lossline/protocol'
import { type ArtifactEntryFields, type ArtifactManifestRow, type ArtifactRow, parseBlobDigest } from '@lossline/store'
import { invalid } from './artifact-names.ts'
import { type ArtifactServices, artifactTurn, existingArtifact } from './artifact-services.ts'
import { borrowBlobs } from './borrow-blobs.ts'
import { checkDigest, createTextHash } from './digests.ts'
import { blobKey, findBlobs } from './find-blobs.ts'
import { entryBatchCount, type Manifest, type ManifestEntry, readEntries } from './manifest.ts'

/**
 * Ends a pending version: merges what its manifests say, checks that all bytes are here, and gives it its index and aliases.
 * A committed version stays as it is, so that a client may ask again.
 *
 * @throws {@link ServerError} `invalid-request`: no manifest, a file that was not uploaded (the message names it), or a full
 * manifest that has not the digest that was announced.
 */
export function commitArtifact(services: ArtifactServices, id: number): Promise<ArtifactRow> {
  return services.turns.run(artifactTurn(id), async () => {
    const artifact = await existingArtifact(services, id)
    if (artifact.state === 'committed') return artifact
    const manifests = await loadManifests(services, artifact)
    const sequence = await services.reads.collectionById(artifact.sequence)
    const layers = await layersOf(services, manifests)
    await putEntries(services, artifact, sequence?.entity ?? '', layers)
    const { digest, sizeBytes, fileCount } = await summarize(services, artifact)
    // Of a merged version no client knows the digest; of its own entries it does, and others find the version by it.
    const isMerged = manifests.some(({ row }) => row.kind !== 'full')
    if (!isMerged && digest !== artifact.digest) {
      throw invalid(`The manifest has the digest ${digest}, not ${artifact.digest} as announced.`)
    }
    const [{ membership }] = await services.store.write([
      {
        kind: 'commit-artifact',
        artifact: id,
        digest,
        sizeBytes,
        fileCount,
        manifestHead: manifests.at(-1)!.manifest.head,
        nowMs: services.clock.now(),
      },
    ])
    return membership.artifact
  })
}

interface LoadedManifest {
  readonly row: ArtifactManifestRow
  readonly manifest: Manifest
}

async function loadManifests(services: ArtifactServices, artifact: ArtifactRow): Promise<LoadedManifest[]> {
  const loaded: LoadedManifest[] = []
  for (const row of await services.reads.manifests(artifact.id)) {
    // A writer that went away before it knew what to write.
    if (row.digest === '') continue
    if (row.sha256 === undefined) throw invalid(`The manifest "${row.name}" was not uploaded.`)
    const content = await services.blobs.get(parseBlobDigest(row.sha256))
    if (content === undefined) throw invalid(`The content of the manifest "${row.name}" is gone; upload it again.`)
    loaded.push({ row, manifest: services.manifests.parse(await new Response(content).text()) })
  }
  if (loaded.length === 0) throw invalid('The manifest was not uploaded.')
  return loaded
}

/** Entries of the base, and those that are laid over them; of two with one path the later one counts. */
interface Layers {
  readonly base: number | undefined
  readonly overlay: ReadonlyMap<string, ManifestEntry>
}

async function layersOf(services: ArtifactServices, manifests: readonly LoadedManifest[]): Promise<Layers> {
  const overlay = new Map<string, ManifestEntry>()
  let base: number | undefined
  for (const { row, manifest } of manifests) {
    // For a full manifest the base is only where it came from.
    if (row.kind !== 'full') base ??= row.baseArtifact
    for (const [path, entry] of manifest.entries) overlay.set(path, entry)
  }
  if (base !== undefined) {
    const artifact = await existingArtifact(services, base)
    if (artifact.state !== 'committed') throw invalid('The version that this one builds upon is not committed.')
  }
  return { base, overlay }
}

async function putEntries(
  services: ArtifactServices,
  artifact: ArtifactRow,
  entity: string,
  { base, overlay }: Layers,
): Promise<void> {
  let isFirst = true
  const put = async (entries: readonly ArtifactEntryFields[]): Promise<void> => {
    await services.store.write([{ kind: 'put-artifact-entries', artifact: artifact.id, isFirst, entries }])
    isFirst = false
  }
  await put([])
  if (base !== undefined) {
    const isElsewhere = (await existingArtifact(services, base)).projectId !== artifact.projectId
    if (isElsewhere) throw invalid('The version that this one builds upon is in another project.')
    for await (const entries of readEntries(services, base)) await put(entries.filter(({ path }) => !overlay.has(path)))
  }
  const all = [...overlay]
  for (let start = 0; start < all.length; start += entryBatchCount) {
    const batch = all.slice(start, start + entryBatchCount)
    await put(await resolveBlobs(services, artifact, entity, batch))
  }
}

/** Finds the bytes of each entry, in the project or where its birth artifact is. */
async function resolveBlobs(
  services: ArtifactServices,
  artifact: ArtifactRow,
  entity: string,
  batch: readonly (readonly [path: string, entry: ManifestEntry])[],
): Promise<ArtifactEntryFields[]> {
  const files = batch.filter(([, { ref }]) => ref === undefined).map(([, entry]) => entry)
  for (const { algorithm, digest } of files) checkDigest(algorithm, digest)
  const blobs = await findBlobs(services, artifact.projectId, files)
  const lacking = files.filter((entry) => !blobs.has(blobKey(entry)))
  for (const [key, blob] of await borrowBlobs(services, artifact, entity, lacking)) blobs.set(key, blob)
  const entries: ArtifactEntryFields[] = []
  for (const [path, entry] of batch) {
    if (entry.ref !== undefined) {
      entries.push({ ...entry, path, blob: undefined })
      continue
    }
    const blob = blobs.get(blobKey(entry))
    if (blob === undefined) throw invalid(`The file "${path}" was not uploaded.`)
    const { sizeBytes, birthArtifact, id } = blob
    entries.push({ ...entry, path, sizeBytes, birthArtifact, blob: id })
  }
  return entries
}

async function summarize(
  services: ArtifactServices,
  artifact: ArtifactRow,
): Promise<{ digest: string; sizeBytes: number; fileCount: number }> {
  const digest = createManifestDigest(await createTextHash(artifact.digestAlgorithm, services.createXxh128))
  let sizeBytes = 0
  let fileCount = 0
  for await (const entries of readEntries(services, artifact.id)) {
    for (const entry of entries) {
      digest.add(entry)
      sizeBytes += entry.sizeBytes ?? 0
      fileCount += 1
    }
  }
  return { digest: digest.end(), sizeBytes, fileCount }
}
