import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MediaFileAccess } from '../media/media-file-access.ts'

/** Files of Node's process. */
export const nodeMediaFileAccess: MediaFileAccess = {
  readHead(path, bytesMax) {
    const absolute = path instanceof URL ? fileURLToPath(path) : resolve(path)
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
  say(line) {
    process.stderr.write(`lossline: ${line}\n`)
  },
}
