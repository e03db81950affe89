import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const skippedFolders = new Set(['node_modules', 'dist', 'dist-types', 'fixtures', '.lossline', '.turbo'])

/**
 * Files below a folder, without what is installed, built or recorded.
 *
 * @returns {string[]} absolute paths
 */
export function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : filesBelow(path)
    return entry.isFile() ? [path] : []
  })
}

// The formatter puts every import and re-export at the start of a line, so that no parser is needed to find them.
const staticImport = /^(import|export)\s+(?:([\w$\s{},*]+?)\s+from\s+)?['"]([^'"]+)['"]/gm
const dynamicImport = /\bimport\(\s*['"]([^'"]+)['"]/g

/**
 * What a module imports.
 *
 * @returns {{ specifier: string, isType: boolean, isDynamic: boolean }[]}
 */
export function importsOf(path) {
  const text = withoutProse(readFileSync(path, 'utf8'))
  const statics = [...text.matchAll(staticImport)]
    .filter(([, keyword, clause]) => keyword === 'import' || clause !== undefined)
    .map(([, , clause, specifier]) => ({ specifier, isType: isTypeClause(clause), isDynamic: false }))
  const dynamics = [...text.matchAll(dynamicImport)].map(([, specifier]) => ({
    specifier,
    isType: false,
    isDynamic: true,
  }))
  return [...statics, ...dynamics]
}

function isTypeClause(clause) {
  if (clause === undefined) return false
  if (/^type\s/.test(clause)) return true
  const names = /^\{([^}]*)\}$/
    .exec(clause.trim())?.[1]
    .split(',')
    .filter((name) => name.trim() !== '')
  return names !== undefined && names.length > 0 && names.every((name) => /^\s*type\s/.test(name))
}

const nodeGlobal =
  /(?<![\w$.])(Buffer|process|global|setImmediate|clearImmediate|require|__dirname|__filename)\s*[.([]/g

/**
 * Names of Node's own globals that a module uses.
 *
 * @returns {string[]} each once
 */
export function nodeGlobalsOf(path) {
  const text = withoutProse(readFileSync(path, 'utf8')).replace(/'[^'\n]*'|"[^"\n]*"/g, "''")
  return [...new Set([...text.matchAll(nodeGlobal)].map(([, name]) => name))]
}

/** Cuts comments and template strings, whose examples are not imports. */
function withoutProse(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1')
    .replace(/`(?:\\[\s\S]|[^`\\])*`/g, '``')
}

/** `@scope/name` or `name` of a specifier such as `@scope/name/part`. */
export function packageNameOf(specifier) {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]
}

/**
 * The first cycle of a graph that a depth-first walk meets, with its first node repeated at the end.
 *
 * @param {Map<string, Iterable<string>>} graph
 * @returns {string[] | undefined}
 */
export function findCycle(graph) {
  const finished = new Set()
  const path = []
  const visit = (node) => {
    const start = path.indexOf(node)
    if (start >= 0) return [...path.slice(start), node]
    if (finished.has(node)) return undefined
    path.push(node)
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next)
      if (cycle !== undefined) return cycle
    }
    path.pop()
    finished.add(node)
    return undefined
  }
  for (const node of graph.keys()) {
    const cycle = visit(node)
    if (cycle !== undefined) return cycle
  }
  return undefined
}
