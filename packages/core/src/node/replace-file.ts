import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, readlink, realpath, rename, rm } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'

/**
 * Changes a text file of the user: whole or not at all, with the permissions 0600. A link stays a link, and the file that
 * it leads to is changed. A file without content is not made.
 */
export async function replacePrivateFile(path: string, change: (content: string) => string): Promise<void> {
  const target = await followLink(path)
  const before = await readFile(target, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  const after = change(before ?? '')
  if (after === (before ?? '')) return
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  const temporary = join(dirname(target), `.lossline-${randomUUID()}.tmp`)
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(after)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, target)
  } finally {
    await rm(temporary, { force: true })
  }
}

async function followLink(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    // Nothing there, or a link to what is not there yet.
    const link = await readlink(path).catch(() => undefined)
    if (link === undefined) return path
    return isAbsolute(link) ? link : join(dirname(path), link)
  }
}
