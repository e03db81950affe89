// Preloaded into every process and thread of a test run (`--import`). Node strips the types of a TypeScript file each time it
// loads it, which is most of what our child processes and workers spend at their start; this strips each text once and
// keeps the result. What is run is the same: Node's own stripping of the same text.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'
import { cachePath, writeWhole } from './paths.mjs'

nodeModule.registerHooks?.({
  load(url, context, nextLoad) {
    if (!isTypeScript(url)) return nextLoad(url, context)
    const source = readFileSync(fileURLToPath(url), 'utf8')
    return { format: 'module', source: stripOnce(source), shortCircuit: true }
  },
})

/** A module of this repository: vitest gives its own a query, and evaluates them itself. */
function isTypeScript(url) {
  return url.startsWith('file:') && url.endsWith('.ts')
}

function stripOnce(source) {
  const digest = createHash('sha1').update(process.version).update(source).digest('hex')
  const path = cachePath(`stripped/${digest}.js`)
  try {
    return readFileSync(path, 'utf8')
  } catch {
    const text = nodeModule.stripTypeScriptTypes(source)
    writeWhole(path, text)
    return text
  }
}
