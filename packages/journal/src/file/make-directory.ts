import { mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those above it that are missing. Node's own recursive `mkdir` never ends below a folder that exists and
 * takes no folders, such as `/proc`.
 *
 * @param mode - Of the folders that are made, less what the process' umask takes away. Default 0o777.
 * @returns the folders that were made, topmost first.
 * @throws Error of the file system, with a `code`; `ENOTDIR` where a file is in the way.
 */
export function makeDirectorySync(path: string, mode = 0o777): readonly string[] {
  const missing: string[] = []
  let folder = resolve(path)
  for (;;) {
    const found = statSync(folder, { throwIfNoEntry: false })
    if (found?.isDirectory()) break
    if (found !== undefined) throw notDirectory(folder)
    missing.push(folder)
    const parent = dirname(folder)
    if (parent === folder) break
    folder = parent
  }
  return missing.reverse().filter((each) => makeOne(each, mode))
}

/** False: another process has made it meanwhile. */
function makeOne(path: string, mode: number): boolean {
  try {
    mkdirSync(path, mode)
    return true
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (!isThere || !statSync(path).isDirectory()) throw error
    return false
  }
}

function notDirectory(path: string): Error {
  return Object.assign(new Error(`ENOTDIR: not a directory, mkdir '${path}'`), { code: 'ENOTDIR', path })
}
