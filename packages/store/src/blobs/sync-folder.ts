import { open } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes names in folders durable. Of many calls for one folder at the same time, those that come while it is being synced
 * share the next sync: of many small files the folders would take as long as the contents.
 *
 * @returns a function that resolves when the names that a folder has now are on the disk. Windows cannot sync a folder and
 *   does not need it.
 */
export function createFolderSync(): (folder: string) => Promise<void> {
  const running = new Map<string, Promise<void>>()
  const next = new Map<string, Promise<void>>()
  // Folders whose own names are on the disk.
  const known = new Set<string>()

  async function syncOnce(folder: string): Promise<void> {
    await syncDirectory(folder)
    if (known.has(folder)) return
    await syncDirectory(dirname(folder))
    known.add(folder)
  }

  function start(folder: string): Promise<void> {
    const sync = syncOnce(folder).finally(() => {
      if (running.get(folder) === sync) running.delete(folder)
    })
    running.set(folder, sync)
    return sync
  }

  return (folder) => {
    if (process.platform === 'win32') return Promise.resolve()
    const current = running.get(folder)
    if (current === undefined) return start(folder)
    // What is running may have begun before the name was given.
    const planned = next.get(folder)
    if (planned !== undefined) return planned
    const begin = (): Promise<void> => {
      next.delete(folder)
      return start(folder)
    }
    const following = current.then(begin, begin)
    next.set(folder, following)
    return following
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
