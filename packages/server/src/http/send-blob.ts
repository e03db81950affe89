import { type Blobs, type ByteRange, parseBlobDigest } from '@lossline/store'
import { ServerError } from '../errors.ts'
import { parseRange } from './byte-range.ts'

/** What untrusted bytes are served with: never run as a page of this origin, never shown in place. */
export const untrustedHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'application/octet-stream',
  'Content-Disposition': 'attachment',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
}

/** Bytes that can be asked for in part. */
export interface SentContent {
  /** Under which a browser saves it. */
  readonly name: string
  readonly sizeBytes: number
  /** Another one for other bytes; no quotes in it. */
  readonly tag: string
  /** Opened only when bytes are sent; undefined when they are gone. */
  read(range: ByteRange | undefined): Promise<ReadableStream<Uint8Array> | undefined>
}

/**
 * Answers with a content, as {@link sendContent}. Contents never change, so their digest is their tag.
 *
 * @throws {@link ServerError} `not-found`.
 */
export async function sendBlob(
  request: Request,
  blobs: Blobs,
  content: { readonly sha256: string; readonly name: string },
): Promise<Response> {
  const digest = parseBlobDigest(content.sha256)
  const sizeBytes = await blobs.size(digest)
  if (sizeBytes === undefined) throw gone()
  return sendContent(request, {
    name: content.name,
    sizeBytes,
    tag: digest,
    read: (range) => blobs.get(digest, range),
  })
}

/**
 * Answers with a content or the part that was asked for.
 *
 * @param shownHeaders - In place of {@link untrustedHeaders}, for a content that is safe to show.
 * @throws {@link ServerError} `not-found`.
 */
export async function sendContent(
  request: Request,
  content: SentContent,
  shownHeaders: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const { sizeBytes } = content
  const etag = `"${content.tag}"`
  const headers = new Headers({
    ...untrustedHeaders,
    'Content-Disposition': toDisposition(content.name),
    ...shownHeaders,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
    ETag: etag,
  })
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  const ifRange = request.headers.get('if-range')
  const isRangeMeant = ifRange === null || ifRange === etag
  const asked = isRangeMeant ? parseRange(request.headers.get('range') ?? undefined, sizeBytes) : undefined
  if (asked?.kind === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${sizeBytes}`)
    return new Response(null, { status: 416, headers })
  }
  const range = asked?.range
  headers.set('Content-Length', String(range === undefined ? sizeBytes : range.last - range.first + 1))
  if (range !== undefined) headers.set('Content-Range', `bytes ${range.first}-${range.last}/${sizeBytes}`)
  const body = request.method === 'HEAD' ? null : await content.read(range)
  if (body === undefined) throw gone()
  return new Response(body, { status: range === undefined ? 200 : 206, headers })
}

function gone(): ServerError {
  return new ServerError({ code: 'not-found', message: 'The content of this file is gone.' })
}

/** A header that makes a browser save an answer under a name. */
export function toDisposition(name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return name === '' ? 'attachment' : `attachment; filename*=UTF-8''${encoded}`
}
