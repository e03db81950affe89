import { statfs } from 'node:fs/promises'
import type { Readings } from './readings.ts'

/** How full disks are, asked in the background: a network disk may take long to answer, or never do. */
export interface DiskSpace {
  /** Asks again unless an answer is still awaited. Resolves when it is there, or after `waitMs`. */
  refresh(waitMs: number): Promise<void>
  /** Adds the last answers. */
  read(readings: Readings): void
}

const gibibyte = 2 ** 30

/** @param paths - Folders whose disks are looked at; one that does not exist is left out. */
export function createDiskSpace(paths: readonly string[]): DiskSpace {
  const known: Readings = new Map()
  let pending: Promise<unknown> | undefined

  async function ask(path: string): Promise<void> {
    const { blocks, bfree, bavail, bsize } = await statfs(path)
    const usedBlocks = blocks - bfree
    // Of what users may use: part of a disk can be kept back for root.
    known.set(`disk.${path}.usagePercent`, (100 * usedBlocks) / Math.max(1, usedBlocks + bavail))
    known.set(`disk.${path}.usageGB`, (usedBlocks * bsize) / gibibyte)
  }

  return {
    async refresh(waitMs) {
      pending ??= Promise.allSettled(paths.map(ask)).finally(() => {
        pending = undefined
      })
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, waitMs)
        timer.unref()
      })
      await Promise.race([pending, patience])
      clearTimeout(timer)
    },
    read(readings) {
      for (const [key, value] of known) readings.set(key, value)
    },
  }
}
