import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ScriptError } from './errors.mjs'
import { root } from './paths.mjs'

const ending = '.bench.ts'

/** The file of the benchmark that the first argument names. */
export function benchmarkScript([name]) {
  const folder = join(root, 'bench')
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(ending))
        .map((file) => file.slice(0, -ending.length))
    : []
  if (names.includes(name)) return `bench/${name}${ending}`
  throw new ScriptError(`${name ? `"${name}" is no benchmark` : 'Name a benchmark'}. There are: ${names.join(', ')}.`)
}
