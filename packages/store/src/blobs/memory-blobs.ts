import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { StoreError } from '../errors.ts'
import { type BlobParts, checkPartName, noSuchPart } from './blob-parts.ts'
import { type BlobDigest, type Blobs, parseBlobDigest } from './blobs.ts'

/** Keeps contents as long as the process lives; for tests and programs without a directory. */
export function createMemoryBlobs(): Blobs {
  const contents = new Map<BlobDigest, { readonly content: Blob; readonly putAtMs: number }>()

  const put: Blobs['put'] = async (source, expected) => {
    const hash = createHash('sha256')
    const parts: Uint8Array<ArrayBuffer>[] = []
    for await (const part of source instanceof Uint8Array ? [source] : source) {
      hash.update(part)
      // Copies: the caller's buffers may be used again.
      parts.push(new Uint8Array(part))
    }
    const digest = parseBlobDigest(hash.digest('hex'))
    if (expected !== undefined && digest !== expected) {
      throw new StoreError({ code: 'conflict', message: `Content has digest ${digest}, not ${expected}.` })
    }
    const content = new Blob(parts)
    contents.set(digest, { content, putAtMs: Date.now() })
    return { digest, sizeBytes: content.size }
  }

  return {
    put,
    async adopt(file, inspect = (content) => content) {
      try {
        return { ...(await put(inspect(createReadStream(file)))), isRead: true }
      } catch (cause) {
        if (!(cause instanceof Error && 'syscall' in cause)) throw cause
        throw new StoreError({ code: 'unavailable', message: `Cannot read "${file}": ${cause.message}.`, cause })
      }
    },
    async get(digest, range) {
      const content = contents.get(parseBlobDigest(digest))?.content
      return (range === undefined ? content : content?.slice(range.first, range.last + 1))?.stream()
    },
    has: async (digest) => contents.has(parseBlobDigest(digest)),
    size: async (digest) => contents.get(parseBlobDigest(digest))?.content.size,
    async delete(digest, untouchedSinceMs = Number.POSITIVE_INFINITY) {
      const found = contents.get(parseBlobDigest(digest))
      return found !== undefined && found.putAtMs <= untouchedSinceMs && contents.delete(digest)
    },
    collectLeftovers: async () => ({ count: 0, sizeBytes: 0 }),
    parts: createMemoryParts(),
    async *list() {
      for (const [digest, { content, putAtMs }] of contents) {
        yield { digest, sizeBytes: content.size, putAtMs }
      }
    },
  }
}

function createMemoryParts(): BlobParts {
  const uploads = new Map<string, { readonly parts: Map<string, Blob>; putAtMs: number }>()
  return {
    async put(upload, part, content) {
      const bytes: Uint8Array<ArrayBuffer>[] = []
      for await (const piece of content) bytes.push(new Uint8Array(piece))
      const { parts } = uploads.get(checkPartName(upload)) ?? { parts: new Map<string, Blob>() }
      parts.set(checkPartName(part), new Blob(bytes))
      uploads.set(upload, { parts, putAtMs: Date.now() })
    },
    async *read(upload, names) {
      const parts = uploads.get(checkPartName(upload))?.parts
      const contents = names.map((name) => {
        const content = parts?.get(checkPartName(name))
        if (content === undefined) throw noSuchPart(upload, name)
        return content
      })
      for (const content of contents) yield* content.stream()
    },
    drop: async (upload) => void uploads.delete(checkPartName(upload)),
    async *list() {
      for (const [upload, { parts, putAtMs }] of uploads) {
        const sizeBytes = [...parts.values()].reduce((sum, { size }) => sum + size, 0)
        yield { upload, sizeBytes, putAtMs }
      }
    },
  }
}
