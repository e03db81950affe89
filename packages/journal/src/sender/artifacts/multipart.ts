import { digestFile } from '../../digest-file.ts'
import type { GraphqlOptions } from '../graphql.ts'
import { SendError } from '../send-error.ts'
import type { Limiter } from '../uploads/limiter.ts'
import { putContent } from '../uploads/put-content.ts'
import { completeMultipart, type FileSlot, type MultipartSlot } from './artifact-api.ts'
import type { LocalFile } from './local-files.ts'

// Limits and sizes of W&B's client (core/pkg/artifacts/multipart.go).
const multipartBytesMin = 2 * 2 ** 30
const partBytesDefault = 100 * 2 ** 20
const partCountMax = 10_000

/** Bytes of a part of a file; undefined for a file that goes in one piece. */
export function partBytesOf(fileBytes: number): number | undefined {
  if (fileBytes < multipartBytesMin) return undefined
  if (Math.ceil(fileBytes / partBytesDefault) < partCountMax) return partBytesDefault
  return Math.ceil(fileBytes / partCountMax / 4096) * 4096
}

/** Hexadecimal MD5 of each part of a file. */
export async function hashParts(path: string, fileBytes: number, partBytes: number): Promise<string[]> {
  const digests: string[] = []
  for (let start = 0; start < fileBytes; start += partBytes) {
    const bytes = Math.min(partBytes, fileBytes - start)
    digests.push((await digestFile(path, 'md5', { start, bytes })).toString('hex'))
  }
  return digests
}

/** A file whose parts go to places of their own. */
export interface UploadPartsOptions {
  readonly file: LocalFile
  readonly slot: FileSlot
  readonly multipart: MultipartSlot
  readonly partMd5s: readonly string[]
  readonly partBytes: number
  readonly limit: Limiter
  onBytes(bytes: number): void
}

/**
 * Uploads the parts of a file and has them joined.
 *
 * @throws SendError
 */
export async function uploadParts(options: UploadPartsOptions, graphql: GraphqlOptions): Promise<void> {
  const { file, slot, multipart, partMd5s, partBytes, limit, onBytes } = options
  const contentType = Object.entries(slot.headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (multipart.partUrls.length !== partMd5s.length) {
    const message = `${multipart.partUrls.length} places were given for the ${partMd5s.length} parts of "${file.path}".`
    throw new SendError({ code: 'server-refused', message })
  }
  const etags = await Promise.all(
    multipart.partUrls.map((url, index) =>
      limit(async () => {
        let etag = ''
        const start = index * partBytes
        const bytes = Math.min(partBytes, file.bytes - start)
        const headers = {
          'Content-MD5': Buffer.from(partMd5s[index] as string, 'hex').toString('base64'),
          ...(contentType === '' ? {} : { 'Content-Type': contentType }),
        }
        const source = { kind: 'part', path: file.localPath, start, bytes } as const
        const parse = (_text: string, answered: Headers): void => {
          etag = answered.get('etag') ?? ''
          if (etag === '') throw new Error('the answer has no ETag')
        }
        await putContent({ url, headers, source, isInProcess: false, onBytes, parse }, graphql)
        return etag
      }),
    ),
  )
  await completeMultipart(slot, multipart, etags, graphql)
}
