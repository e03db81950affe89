import { randomUUID } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ScriptError } from './errors.mjs'

/** Root of the workspace. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A file in the cache folder, which may vanish at any time with `node_modules`. */
export function cachePath(name) {
  return join(root, 'node_modules', '.cache', name)
}

/** Writes a file whole or not at all, making its folder. */
export function writeWhole(path, text) {
  try {
    mkdirSync(dirname(path), { recursive: true })
    const temporary = `${path}.${randomUUID()}`
    writeFileSync(temporary, text)
    renameSync(temporary, path)
  } catch (error) {
    throw new ScriptError(`Cannot write ${path} (${error.code}).`)
  }
}
