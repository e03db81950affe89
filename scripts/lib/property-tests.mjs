import { randomInt } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from './paths.mjs'
import { filesBelow, importsOf } from './sources.mjs'
import { packageFolders } from './workspace.mjs'

/** A seed that nobody had before; fast-check takes 32 bits. */
export function createSeed() {
  return randomInt(2 ** 31)
}

/**
 * Test files whose examples or moments come from `LOSSLINE_SEED`: those that load fast-check, themselves or by a file of theirs,
 * and those that read the variable.
 *
 * @returns {string[]} paths from the root
 */
export function findPropertyTests() {
  return packageFolders()
    .flatMap((folder) => filesBelow(join(root, folder)))
    .filter((path) => path.endsWith('.test.ts') && takesSeed(path, new Set()))
    .map((path) => relative(root, path))
}

function takesSeed(path, seen) {
  if (seen.has(path)) return false
  seen.add(path)
  const imports = importsOf(path)
  return (
    imports.some(({ specifier }) => specifier === 'fast-check') ||
    readFileSync(path, 'utf8').includes('env.LOSSLINE_SEED') ||
    imports
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ specifier }) => join(dirname(path), specifier))
      .some((imported) => existsSync(imported) && takesSeed(imported, seen))
  )
}
