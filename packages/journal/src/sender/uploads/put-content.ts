import { type HttpClientOptions, type SendRequest, sendRequest } from '../http-client.ts'
import { uploadPolicy } from '../retry-policy.ts'
import { type ContentSource, openContent } from './open-content.ts'

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
      return openContent(source, (bytes) => {
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
