import { createHash } from 'node:crypto'
import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Names, contents and times of everything in a folder. */
export async function digestOf(directory: string): Promise<string> {
  const hash = createHash('sha256')
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort()
  for (const path of [directory, ...paths]) {
    const entry = entries.find(({ parentPath, name }) => join(parentPath, name) === path)
    hash.update(`${path}\n`)
    if (entry?.isSymbolicLink()) {
      hash.update(await readlink(path))
      continue
    }
    const { mtimeMs, ctimeMs, mode, size } = await stat(path)
    hash.update(`${mtimeMs} ${ctimeMs} ${mode} ${size}\n`)
    if (entry?.isFile()) hash.update(await readFile(path))
  }
  return hash.digest('hex')
}
