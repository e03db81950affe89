import { type BlobUpload, parseBlobDigest } from '@lossline/store'
import { type ArtifactServices, existingArtifact } from './artifact-services.ts'
import { checkingMd5, receiveFile } from './uploads.ts'

/** A file of a version that arrives in parts. */
export interface PartUpload {
  readonly artifact: number
  /** Of the whole file, base64. */
  readonly md5: string
}

/** Links to upload are valid for a day; what has not grown for so long nobody goes on with. */
const staleMs = 24 * 60 * 60_000

/**
 * Name of an upload. It follows from what is uploaded, so that a client that begins again, or a server that was started again,
 * goes on with the parts that are there.
 */
export function uploadNameOf({ artifact, md5 }: PartUpload): string {
  return `${artifact}-${toHex(md5)}`
}

/** @returns undefined for a text that is no name of an upload. */
export function maybeParseUploadName(name: string): PartUpload | undefined {
  const [, artifact, hex = ''] = /^(\d{1,15})-([0-9a-f]{32})$/.exec(name) ?? []
  return artifact === undefined
    ? undefined
    : { artifact: Number(artifact), md5: Buffer.from(hex, 'hex').toString('base64') }
}

/**
 * Takes in a part. Parts are kept by their own MD5, so that they may come in any order, and more than once.
 *
 * @param partMd5 - Base64.
 * @throws {@link ServerError} `invalid-request` when the part has another MD5, `not-found` when the version is gone.
 */
export async function receivePart(
  services: ArtifactServices,
  upload: PartUpload,
  partMd5: string,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  await existingArtifact(services, upload.artifact)
  await services.blobs.parts.put(uploadNameOf(upload), toHex(partMd5), checkingMd5(body, partMd5))
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
  const name = uploadNameOf(upload)
  return services.turns.run(`upload ${name}`, async () => {
    if (!(await isPresent(services, upload))) {
      await receiveFile(services, upload, { body: services.blobs.parts.read(name, partMd5s.map(toHex)) })
    }
    await services.blobs.parts.drop(name)
  })
}

async function isPresent(services: ArtifactServices, { artifact, md5 }: PartUpload): Promise<boolean> {
  const { projectId } = await existingArtifact(services, artifact)
  const [blob] = await services.reads.blobs({ project: projectId, md5s: [md5] })
  return blob !== undefined && services.blobs.has(parseBlobDigest(blob.sha256))
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
  const parsed = maybeParseUploadName(upload)
  return parsed !== undefined && (await reads.artifact(parsed.artifact))?.state === 'pending'
}

function toHex(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex')
}
