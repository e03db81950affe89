import { chmod, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Modes of what a server makes: others who have an account on the machine see nothing of it. */
export const ownerOnlyFolder = 0o700
export const ownerOnlyFile = 0o600

/** What holds the runs of everybody: the database, contents, lists of files, thumbnails, and what was put aside. Beside them, settings. */
const privateEntries = /^(store\.db(-wal|-shm)?|blobs|run-files(\.before-.*)?|before-.*|cache|server-settings\.json)$/

/**
 * Closes entries of a data folder to other accounts: those that an earlier release has made, and settings. The folder itself stays
 * as it is. On Windows, where access is inherited from the folder, and for entries of another account this does nothing.
 */
export async function keepPrivate(dataDirectory: string): Promise<void> {
  const ownId = process.getuid?.()
  if (ownId === undefined) return
  for (const name of await readdir(dataDirectory)) {
    if (!privateEntries.test(name)) continue
    const path = join(dataDirectory, name)
    const found = await stat(path).catch(() => undefined)
    if (found === undefined || found.uid !== ownId || (found.mode & 0o077) === 0) continue
    await chmod(path, found.isDirectory() ? ownerOnlyFolder : ownerOnlyFile)
  }
}
