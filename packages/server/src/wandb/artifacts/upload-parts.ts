import { invalid } from '../../domain/artifacts/artifact-names.ts'
import type { PartUpload } from '../../domain/artifacts/part-uploads.ts'
import type { WireObject } from '../context.ts'
import type { PartInput } from './artifact-inputs.ts'
import { type ArtifactLinks, fromHex, toHex } from './artifact-links.ts'

/** As W&B's client and the object stores that it was made for have it. */
const partCountMax = 10_000

/**
 * `UploadMultipartUrls`: a place for each announced part, in their order. Null for a file that comes in one piece.
 *
 * @throws {@link ServerError} `invalid-request`.
 */
export function toWireUploadParts(
  upload: PartUpload,
  announced: readonly PartInput[] | null | undefined,
  links: ArtifactLinks,
): WireObject | null {
  if (announced == null || announced.length === 0) return null
  const uploadUrlParts = inOrder(announced).map(({ partNumber, hexMD5 }) => {
    if (!/^[0-9a-f]{32}$/.test(hexMD5)) throw invalid(`Part ${partNumber} has no MD5 of 32 hexadecimal digits.`)
    return { partNumber, uploadUrl: links.uploadPart(upload.artifact, upload.md5, partNumber, hexMD5) }
  })
  return { uploadID: toUploadId(upload), uploadUrlParts }
}

/** Base64 MD5s of parts that were uploaded, in their order. @throws {@link ServerError} `invalid-request`. */
export function parseCompletedParts(completed: readonly PartInput[]): readonly string[] {
  return inOrder(completed).map(({ partNumber, hexMD5: etag }) => {
    // A proxy may have weakened the tag on its way.
    const hex = /^(?:W\/)?"?([0-9a-f]{32})"?$/.exec(etag)?.[1]
    if (hex === undefined)
      throw invalid(`Part ${partNumber} is not named by the ETag that its upload was answered with.`)
    return Buffer.from(hex, 'hex').toString('base64')
  })
}

/** Says all that there is to know of an upload, so that nothing has to be remembered of it. */
function toUploadId({ artifact, md5, xxh128 }: PartUpload): string {
  return [artifact, toHex(md5), ...(xxh128 === undefined ? [] : [toHex(xxh128)])].join('-')
}

/** Undefined for an id that was never given. */
export function maybeParseUploadId(id: string): PartUpload | undefined {
  const [, artifact, md5 = '', xxh128] = /^(\d{1,15})-([0-9a-f]{32})(?:-([0-9a-f]{32}))?$/.exec(id) ?? []
  if (artifact === undefined) return undefined
  return { artifact: Number(artifact), md5: fromHex(md5), xxh128: xxh128 && fromHex(xxh128) }
}

function inOrder(parts: readonly PartInput[]): readonly PartInput[] {
  if (parts.length > partCountMax) throw invalid(`A file has at most ${partCountMax} parts, not ${parts.length}.`)
  const sorted = [...parts].sort((a, b) => a.partNumber - b.partNumber)
  if (sorted.length > 0 && sorted.every(({ partNumber }, index) => partNumber === index + 1)) return sorted
  throw invalid('The parts of a file are counted from 1, without gaps and each once.')
}
