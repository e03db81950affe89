import { parseEntryPath } from '@lossline/protocol'
import { type ArtifactManifestKind, type ArtifactManifestRow, type BlobDigest, parseBlobDigest } from '@lossline/store'
import { ServerError } from '../../errors.ts'
import { refusing } from '../names.ts'
import { invalid } from './artifact-names.ts'
import { type ArtifactServices, artifactTurn, existingArtifact, pendingArtifact } from './artifact-services.ts'
import { checkDigest, checkingDigests, type ExpectedDigests } from './digests.ts'

/** A file that a client is about to upload. */
export interface FileAnnouncement {
  readonly artifact: number
  readonly path: string
  /** Base64. */
  readonly md5: string
  /** Base64, where the version names its files so. */
  readonly xxh128: string | undefined
}

/** An announced file, and the version that has its bytes already (`presentIn`), in the same project. */
export interface AnnouncedFile extends FileAnnouncement {
  readonly presentIn: number | undefined
}

/** Where uploaded bytes come from: a request's body, or a file of this machine that the caller vouches for. */
export type UploadSource = { readonly body: AsyncIterable<Uint8Array> } | { readonly file: string }

/**
 * Says which files have to be uploaded; one answer for each, in order. Bytes count as present only within the project: who
 * knows an MD5 must not get at the file.
 *
 * @throws {@link ServerError} `invalid-request`, `not-found`.
 */
export async function announceFiles(
  services: ArtifactServices,
  files: readonly FileAnnouncement[],
): Promise<readonly AnnouncedFile[]> {
  const presentIn = new Map<string, number>()
  const byArtifact = Map.groupBy(files, (file) => file.artifact)
  for (const [id, announced] of byArtifact) {
    const artifact = await existingArtifact(services, id)
    for (const file of announced) refusing(() => parseEntryPath(file.path))
    const md5s = [...new Set(announced.map((file) => checkDigest('md5', file.md5)))]
    for (const { xxh128 } of announced) if (xxh128 !== undefined) checkDigest('xxh128', xxh128)
    // Before looking: what is here then stays until the version is committed.
    if (artifact.state === 'pending') {
      await services.store.write([{ kind: 'claim-artifact-blobs', artifact: id, md5s }])
    }
    const found = await services.reads.blobs({ project: artifact.projectId, digests: md5s, algorithm: 'md5' })
    await Promise.all(
      found.map(async ({ md5, xxh128, sha256, birthArtifact }) => {
        if (!(await services.blobs.has(parseBlobDigest(sha256)))) return
        presentIn.set(`${id} ${md5}`, birthArtifact)
        // Only the bytes can tell whether an XXH128 that is new is theirs.
        if (xxh128 !== undefined) presentIn.set(`${id} ${md5} ${xxh128}`, birthArtifact)
      }),
    )
  }
  return files.map((file) => {
    const { artifact, md5, xxh128 } = file
    return { ...file, presentIn: presentIn.get([artifact, md5, xxh128 ?? []].flat().join(' ')) }
  })
}

/**
 * Takes in the bytes of a file.
 *
 * @throws {@link ServerError} `invalid-request` when they have other digests, `not-found` when the version is gone.
 */
export async function receiveFile(
  services: ArtifactServices,
  target: ExpectedDigests & { readonly artifact: number },
  source: UploadSource,
): Promise<void> {
  const artifact = await existingArtifact(services, target.artifact)
  const { sha256, sizeBytes } = await takeIn(services, source, target)
  await holdingOn(services, sha256, () =>
    services.store.write([
      {
        kind: 'put-artifact-blob',
        project: artifact.projectId,
        md5: target.md5,
        xxh128: target.xxh128,
        sha256,
        sizeBytes,
        birthArtifact: artifact.id,
      },
    ]),
  )
}

/**
 * Takes in the bytes of a manifest.
 *
 * @throws {@link ServerError} as {@link receiveFile}; `invalid-state-transition` when the version has been committed.
 */
export async function receiveManifest(
  services: ArtifactServices,
  target: { readonly manifest: number; readonly md5: string },
  source: UploadSource,
): Promise<void> {
  const manifest = await existingManifest(services, target.manifest)
  await pendingArtifact(services, manifest.artifact)
  const { sha256, sizeBytes } = await takeIn(services, source, { md5: target.md5, xxh128: undefined })
  await services.turns.run(artifactTurn(manifest.artifact), async () => {
    await pendingArtifact(services, manifest.artifact)
    if ((await existingManifest(services, manifest.id)).digest !== target.md5) {
      throw invalid('This link was for another content of the manifest.')
    }
    await holdingOn(services, sha256, () =>
      services.store.write([{ kind: 'put-manifest-content', manifest: manifest.id, sha256, sizeBytes }]),
    )
  })
}

/** What a client says of a manifest before it uploads it. */
export interface ManifestAnnouncement {
  readonly artifact: number
  readonly kind: ArtifactManifestKind
  readonly name: string
  /** Base64 MD5; empty while it is not known. */
  readonly digest: string
  readonly baseArtifact: number | undefined
}

/**
 * Full and incremental manifests have one record a version, which a second call completes. Patches come from several writers:
 * each call is a new one, and its digest follows by {@link updateManifest}.
 *
 * @throws {@link ServerError} `not-found`, `invalid-request`; `invalid-state-transition` when the version has been committed.
 */
export async function announceManifest(
  services: ArtifactServices,
  announcement: ManifestAnnouncement,
): Promise<ArtifactManifestRow> {
  const { artifact: id, kind, name, digest, baseArtifact } = announcement
  if (digest !== '') checkDigest('md5', digest)
  return services.turns.run(artifactTurn(id), async () => {
    const artifact = await pendingArtifact(services, id)
    const known = (await services.reads.manifests(artifact.id)).find((manifest) => manifest.kind === kind)
    const [result] = await services.store.write([
      {
        kind: 'put-artifact-manifest',
        artifact: id,
        manifest: kind === 'patch' ? undefined : known?.id,
        manifestKind: kind,
        name,
        digest,
        baseArtifact,
      },
    ])
    return result.manifest
  })
}

/** Completes the record of a manifest; undefined leaves what was said before. @throws as {@link announceManifest}. */
export async function updateManifest(
  services: ArtifactServices,
  update: { readonly manifest: number; readonly digest: string | undefined; readonly baseArtifact: number | undefined },
): Promise<ArtifactManifestRow> {
  const { id, artifact, kind: manifestKind, name } = await existingManifest(services, update.manifest)
  if (update.digest !== undefined) checkDigest('md5', update.digest)
  const { digest = '', baseArtifact } = update
  return services.turns.run(artifactTurn(artifact), async () => {
    await pendingArtifact(services, artifact)
    const [result] = await services.store.write([
      { kind: 'put-artifact-manifest', artifact, manifest: id, manifestKind, name, digest, baseArtifact },
    ])
    return result.manifest
  })
}

async function existingManifest(services: ArtifactServices, id: number): Promise<ArtifactManifestRow> {
  const manifest = await services.reads.manifest(id)
  if (manifest !== undefined) return manifest
  throw new ServerError({ code: 'not-found', message: 'There is no such manifest.' })
}

async function takeIn(
  { blobs, createXxh128 }: ArtifactServices,
  source: UploadSource,
  expected: ExpectedDigests,
): Promise<{ sha256: BlobDigest; sizeBytes: number }> {
  const inspect = (content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
    checkingDigests(content, expected, createXxh128)
  const { digest, sizeBytes } =
    'file' in source ? await blobs.adopt(source.file, inspect) : await blobs.put(inspect(source.body))
  return { sha256: digest, sizeBytes }
}

/** Writes down who needs a content, and makes sure that it was not let go of in the meantime. */
async function holdingOn(services: ArtifactServices, sha256: BlobDigest, write: () => Promise<unknown>): Promise<void> {
  await services.contentTurns.run(sha256, async () => {
    await write()
    if (await services.blobs.has(sha256)) return
    // 5xx: the client sends it again.
    throw new ServerError({ code: 'internal', message: `The content ${sha256} was removed while it was taken in.` })
  })
}
