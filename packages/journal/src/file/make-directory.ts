import { mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those above it that are missing. Node's own recursive `mkdir` never ends below a folder that exists and
 * takes no folders, such as `/proc`.
 *
 * @throws Error of the file system, with a `code`; `ENOTDIR` where a file is in the way.
 */
export function makeDirectorySync(path: string): void {
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
  for (const each of missing.reverse()) makeOne(each)
}

function makeOne(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    // Another process has made it meanwhile.
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (!isThere || !statSync(path).isDirectory()) throw error
  }
}

function notDirectory(path: string): Error {
  return Object.assign(new Error(`ENOTDIR: not a directory, mkdir '${path}'`), { code: 'ENOTDIR', path })
}
