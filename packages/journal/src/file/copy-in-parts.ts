import { closeSync, constants, copyFileSync, openSync, readSync, rmSync, writeSync } from 'node:fs'

const partBytes = 2 ** 22

/**
 * Copies a file, sharing its blocks where the file system can. Synchronous: for a worker thread.
 *
 * @param onWork - Called after each part, so that others see that this thread is alive.
 * @throws what the file system throws; nothing of the copy is left then.
 */
export function copyInParts(source: string, target: string, onWork: () => void): void {
  try {
    copyFileSync(source, target, constants.COPYFILE_FICLONE_FORCE)
    return
  } catch {
    // A file system that cannot.
  }
  const from = openSync(source, 'r')
  try {
    const to = openSync(target, 'w')
    try {
      const part = new Uint8Array(partBytes)
      for (let offset = 0; ; ) {
        const count = readSync(from, part, 0, part.length, offset)
        if (count === 0) break
        for (let written = 0; written < count; ) {
          written += writeSync(to, part, written, count - written, offset + written)
        }
        offset += count
        onWork()
      }
    } finally {
      closeSync(to)
    }
  } catch (error) {
    rmSync(target, { force: true })
    throw error
  } finally {
    closeSync(from)
  }
}
