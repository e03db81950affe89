import { open, readFile } from 'node:fs/promises'
import { SendError } from '../send-error.ts'

/** Where a content is. */
export type ContentSource =
  | { readonly kind: 'file'; readonly path: string; readonly bytes: number }
  /** Part of a file, from the byte `start` on. */
  | { readonly kind: 'part'; readonly path: string; readonly start: number; readonly bytes: number }
  | { readonly kind: 'text'; readonly text: string }

/** A content on its way: whole, or as it is read. */
export type OpenContent =
  | Uint8Array<ArrayBuffer>
  | { readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>; readonly bytes: number }

// Below this, opening a stream costs more than the bytes.
const wholeBytesMax = 256 * 1024
const chunkBytes = 512 * 1024

/**
 * Opens a content to be sent. Large files are read while they are sent.
 *
 * @param onBytes - Told of each portion that is handed on.
 * @throws SendError `file-unreadable`, also out of the stream: when there is less than there was.
 */
export async function openContent(source: ContentSource, onBytes: (bytes: number) => void): Promise<OpenContent> {
  if (source.kind === 'text') {
    const bytes = new TextEncoder().encode(source.text)
    onBytes(bytes.length)
    return bytes
  }
  const start = source.kind === 'part' ? source.start : 0
  if (start === 0 && source.bytes <= wholeBytesMax) {
    const bytes = await readFile(source.path).catch((cause: unknown) => {
      throw unreadable(source.path, cause)
    })
    if (bytes.length < source.bytes) throw unreadable(source.path, undefined)
    onBytes(source.bytes)
    return bytes.subarray(0, source.bytes)
  }
  return { stream: toStream(readChunks(source.path, start, source.bytes, onBytes)), bytes: source.bytes }
}

async function* readChunks(
  path: string,
  start: number,
  bytes: number,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  try {
    for (let position = start; position < start + bytes; ) {
      const chunk = new Uint8Array(Math.min(chunkBytes, start + bytes - position))
      const { bytesRead } = await file.read(chunk, 0, chunk.length, position)
      if (bytesRead === 0) throw unreadable(path, undefined)
      position += bytesRead
      onBytes(bytesRead)
      yield chunk.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** Reads when the network asks, and not ahead of it. */
function toStream(chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await chunks.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

function unreadable(path: string, cause: unknown): SendError {
  const reason = cause instanceof Error ? `cannot be read (${cause.message})` : 'is shorter than it was'
  return new SendError({ code: 'file-unreadable', message: `${path} ${reason}.`, cause })
}
