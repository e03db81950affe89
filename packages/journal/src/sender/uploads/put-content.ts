import { openAsBlob } from 'node:fs'
import { type HttpClientOptions, type SendRequest, sendRequest } from '../http-client.ts'
import { uploadPolicy } from '../retry-policy.ts'
import { SendError } from '../send-error.ts'

/** Where a content is. */
export type ContentSource =
  | { readonly kind: 'file'; readonly path: string }
  /** Part of a file, from the byte `start` on. */
  | { readonly kind: 'part'; readonly path: string; readonly start: number; readonly bytes: number }
  | { readonly kind: 'text'; readonly text: string }

/** One content and the place that a server gave for it. */
export interface PutContentOptions {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly source: ContentSource
  /** The receiver reads files itself, since it runs in this process. */
  readonly isInProcess: boolean
  /** Told of bytes that were handed to the network; a negative number when an attempt failed and they go again. */
  onBytes(bytes: number): void
  parse?(text: string, headers: Headers): void
}

/**
 * Puts a content where the server wants it, tried again by W&B's rules. Files are read while they are sent. No
 * credentials go with it: the address is the permission.
 *
 * @throws SendError
 */
export async function putContent(options: PutContentOptions, http: HttpClientOptions): Promise<void> {
  const { url, source, onBytes, parse } = options
  const isHandedOver = options.isInProcess && source.kind === 'file'
  let sentBytes = 0
  const request: SendRequest = {
    method: 'PUT',
    url,
    // Header values are Latin-1, paths are not.
    headers: isHandedOver ? { ...options.headers, 'x-lossline-source': encodeURI(source.path) } : options.headers,
    async body(onChunk) {
      onBytes(-sentBytes)
      sentBytes = 0
      if (isHandedOver) return null
      return countingBlob(await openSource(source), (bytes) => {
        onChunk()
        sentBytes += bytes
        onBytes(bytes)
      })
    },
    ...(parse === undefined ? {} : { parse }),
  }
  try {
    await sendRequest(request, uploadPolicy, http)
  } catch (error) {
    onBytes(-sentBytes)
    throw error
  }
}

async function openSource(source: ContentSource): Promise<Blob> {
  if (source.kind === 'text') return new Blob([source.text])
  try {
    const blob = await openAsBlob(source.path)
    return source.kind === 'file' ? blob : blob.slice(source.start, source.start + source.bytes)
  } catch (cause) {
    throw new SendError({ code: 'file-unreadable', message: `${source.path} cannot be read.`, cause })
  }
}

/** Blobs have no way to tell how far they were read, and a stream in their place would lose the length of the request. */
function countingBlob(blob: Blob, onBytes: (bytes: number) => void): Blob {
  const counter = () =>
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        onBytes(chunk.length)
        controller.enqueue(chunk)
      },
    })
  const open = blob.stream.bind(blob)
  return Object.defineProperty(blob, 'stream', { value: () => open().pipeThrough(counter()) })
}
