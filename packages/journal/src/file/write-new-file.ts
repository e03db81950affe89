import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'

// Written at once: less than a second of work even for a slow disk.
const partBytes = 2 ** 23

/**
 * Writes a file that must not exist yet. Synchronous: for a worker thread.
 *
 * @param onWork - Called after each part of large ones, so that others see that this thread is alive.
 * @throws what the file system throws, `EEXIST` among it.
 */
export function writeNewFileSync(path: string, bytes: Uint8Array, mode: number, onWork: () => void = () => {}): void {
  if (bytes.length <= partBytes) {
    writeFileSync(path, bytes, { flag: 'wx', mode })
    return
  }
  const descriptor = openSync(path, 'wx', mode)
  try {
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(descriptor, bytes, written, Math.min(partBytes, bytes.length - written))
      onWork()
    }
  } finally {
    closeSync(descriptor)
  }
}
