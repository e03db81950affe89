import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ownerOnlyFile, ownerOnlyFolder } from '../files/owner-only.ts'

/** Thumbnails on disk. Everything in it can be made again: the folder may be deleted at any time. */
export interface ThumbnailCache {
  /** Empty: the picture itself is to be shown. Undefined: not known. */
  get(key: string): Promise<Uint8Array | undefined>
  /** Keeps one, and drops those that were asked for longest ago. What cannot be written is not kept. */
  put(key: string, thumbnail: Uint8Array): Promise<void>
}

/** A file takes a block of the disk, however little is in it. */
const blockBytes = 4096

/** @param bytesMax - What all of them may take. */
export function createThumbnailCache(folder: string, bytesMax: number): ThumbnailCache {
  let opening: Promise<Map<string, number>> | undefined
  let total = 0

  /** Sizes by key, what was asked for last at the end; of a former server by when they were made. */
  const open = async (): Promise<Map<string, number>> => {
    await mkdir(folder, { recursive: true, mode: ownerOnlyFolder })
    const found = await Promise.all(
      (await readdir(folder)).map(async (name) => {
        const path = join(folder, name)
        // What was being written when a server ended.
        if (!/^[0-9a-f]{64}$/.test(name)) return rm(path, { force: true }).then(() => undefined)
        const { size, mtimeMs } = await stat(path)
        return { name, size, mtimeMs }
      }),
    )
    const known = found.filter((one) => one !== undefined).sort((a, b) => a.mtimeMs - b.mtimeMs)
    const entries = new Map(known.map(({ name, size }) => [name, onDisk(size)]))
    total = [...entries.values()].reduce((sum, size) => sum + size, 0)
    return entries
  }
  const entriesOf = (): Promise<Map<string, number>> => (opening ??= open())

  const forget = (entries: Map<string, number>, key: string): void => {
    total -= entries.get(key) ?? 0
    entries.delete(key)
  }

  return {
    async get(key) {
      const entries = await entriesOf().catch(() => undefined)
      const size = entries?.get(key)
      if (entries === undefined || size === undefined) return undefined
      const thumbnail = await readFile(join(folder, key)).catch(() => undefined)
      if (thumbnail === undefined) forget(entries, key)
      else if (entries.delete(key)) entries.set(key, size)
      return thumbnail
    },
    async put(key, thumbnail) {
      try {
        const entries = await entriesOf()
        // The folder may have been deleted meanwhile.
        await mkdir(folder, { recursive: true, mode: ownerOnlyFolder })
        const path = join(folder, key)
        await writeFile(`${path}.new`, thumbnail, { mode: ownerOnlyFile })
        await rename(`${path}.new`, path)
        forget(entries, key)
        entries.set(key, onDisk(thumbnail.length))
        total += onDisk(thumbnail.length)
        for (const oldest of entries.keys()) {
          if (total <= bytesMax) break
          forget(entries, oldest)
          await rm(join(folder, oldest), { force: true })
        }
      } catch {
        // A full disk: it is made again next time.
      }
    },
  }
}

function onDisk(size: number): number {
  return Math.max(1, Math.ceil(size / blockBytes)) * blockBytes
}
