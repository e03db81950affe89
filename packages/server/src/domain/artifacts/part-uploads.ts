import { type BlobUpload, parseBlobDigest } from '@lossline/store'
import { type ArtifactServices, existingArtifact } from './artifact-services.ts'
import { checkingDigests, type ExpectedDigests } from './digests.ts'
import { receiveFile } from './uploads.ts'

/** A file of a version that arrives in parts. */
export interface PartUpload extends ExpectedDigests {
  readonly artifact: number
}

/** Links to upload are valid for a day; what has not grown for so long nobody goes on with. */
const staleMs = 24 * 60 * 60_000

/**
 * Takes in a part. Parts are kept by their own MD5, so that they may come in any order, and more than once.
 *
 * @param partMd5 - Base64.
 * @throws {@link ServerError} `invalid-request` when the part has another MD5, `not-found` when the version is gone.
 */
export async function receivePart(
  services: ArtifactServices,
  upload: Pick<PartUpload, 'artifact' | 'md5'>,
  partMd5: string,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  await existingArtifact(services, upload.artifact)
  await services.blobs.parts.put(
    nameOf(upload),
    toHex(partMd5),
    checkingDigests(body, { md5: partMd5, xxh128: undefined }, services.createXxh128),
  )
}

/**
 * Makes a file of its parts. One whose content is in the project already is done: clients that have waited for too long ask again.
 *
 * @param partMd5s - Base64, in the order of the parts.
 * @throws {@link ServerError} `invalid-request` when the parts make another content; `not-found` when the version is gone.
 * @throws {@link StoreError} `not-found` when a part has not arrived.
 */
export function completeUpload(
  services: ArtifactServices,
  upload: PartUpload,
  partMd5s: readonly string[],
): Promise<void> {
  const name = nameOf(upload)
  return services.turns.run(`upload ${name}`, async () => {
    if (!(await isPresent(services, upload))) {
      await receiveFile(services, upload, { body: services.blobs.parts.read(name, partMd5s.map(toHex)) })
    }
    await services.blobs.parts.drop(name)
  })
}

async function isPresent(services: ArtifactServices, { artifact, md5, xxh128 }: PartUpload): Promise<boolean> {
  const { projectId } = await existingArtifact(services, artifact)
  const [blob] = await services.reads.blobs({ project: projectId, digests: [md5], algorithm: 'md5' })
  if (blob === undefined || (xxh128 !== undefined && blob.xxh128 !== xxh128)) return false
  return services.blobs.has(parseBlobDigest(blob.sha256))
}

/**
 * Lets go of parts that nobody will make a file of: of versions that are not pending any more, and of uploads that have not
 * grown for a day. Those of the last moments stay.
 *
 * @returns What was there, or would go.
 */
export async function dropStaleUploads(
  services: ArtifactServices,
  options: { readonly untouchedSinceMs: number; readonly apply: boolean },
): Promise<readonly BlobUpload[]> {
  const stale: BlobUpload[] = []
  for await (const found of services.blobs.parts.list()) {
    if (found.putAtMs > options.untouchedSinceMs || (await isWanted(services, found))) continue
    stale.push(found)
  }
  if (options.apply) for (const { upload } of stale) await services.blobs.parts.drop(upload)
  return stale
}

async function isWanted({ reads, clock }: ArtifactServices, { upload, putAtMs }: BlobUpload): Promise<boolean> {
  if (putAtMs <= clock.now() - staleMs) return false
  const artifact = /^(\d{1,15})-/.exec(upload)?.[1]
  return artifact !== undefined && (await reads.artifact(Number(artifact)))?.state === 'pending'
}

/**
 * Name of an upload. It follows from what is uploaded, so that a client that begins again, or a server that was started again,
 * goes on with the parts that are there.
 */
function nameOf({ artifact, md5 }: Pick<PartUpload, 'artifact' | 'md5'>): string {
  return `${artifact}-${toHex(md5)}`
}

function toHex(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex')
}
