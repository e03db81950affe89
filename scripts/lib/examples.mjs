import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ScriptError } from './errors.mjs'
import { root } from './paths.mjs'
import { packageFolders } from './workspace.mjs'

const parent = 'examples/'

/** The program of the example that the first argument names: `main` of its manifest. */
export function exampleScript([name]) {
  const folders = packageFolders().filter((folder) => folder.startsWith(parent))
  const folder = folders.find((one) => one === `${parent}${name}`)
  if (folder !== undefined) {
    return join(folder, JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')).main)
  }
  const names = folders.map((one) => one.slice(parent.length))
  throw new ScriptError(`${name ? `"${name}" is no example` : 'Name an example'}. There are: ${names.join(', ')}.`)
}
