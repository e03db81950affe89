import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflateRawSync } from 'node:zlib'
import type { MediaFileAccess } from '../media/media-file-access.ts'

/** Files of Node's process. */
export const nodeMediaFileAccess: MediaFileAccess = {
  readHead(path, bytesMax) {
    const absolute = toAbsolute(path)
    const fileDescriptor = openSync(absolute, 'r')
    try {
      const { size } = fstatSync(fileDescriptor)
      const head = new Uint8Array(Math.min(size, bytesMax))
      let count = 0
      while (count < head.length) {
        const read = readSync(fileDescriptor, head, count, head.length - count, count)
        if (read === 0) break
        count += read
      }
      return { path: absolute, head: head.subarray(0, count) }
    } finally {
      closeSync(fileDescriptor)
    }
  },
  readWhole(path) {
    const absolute = toAbsolute(path)
    return { path: absolute, bytes: readFileSync(absolute) }
  },
  // One more, so that an empty file is no limit of zero, which zlib refuses.
  inflateRaw: (bytes, sizeBytes) => inflateRawSync(bytes, { maxOutputLength: sizeBytes + 1 }),
  say(line) {
    process.stderr.write(`lossline: ${line}\n`)
  },
}

function toAbsolute(path: string | URL): string {
  return path instanceof URL ? fileURLToPath(path) : resolve(path)
}
