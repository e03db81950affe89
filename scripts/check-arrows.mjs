// Checks that packages know only those that ARCHITECTURE.md lets them know, and that manifests tell the truth.
import { existsSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { basename, dirname, extname, join, relative, sep } from 'node:path'
import { root } from './lib/paths.mjs'
import { filesBelow, findCycle, importsOf, nodeGlobalsOf, packageNameOf } from './lib/sources.mjs'
import { packageFolders } from './lib/workspace.mjs'

/** For each package the packages of the workspace that its source may import. */
const arrows = {
  '@lossline/protocol': [],
  '@lossline/journal': ['@lossline/protocol'],
  '@lossline/core': ['@lossline/protocol', '@lossline/journal', '@lossline/sweeps'],
  '@lossline/evaluation': ['@lossline/protocol', '@lossline/core'],
  '@lossline/tfjs': ['@lossline/core', '@lossline/evaluation'],
  '@lossline/transformers': ['@lossline/core', '@lossline/evaluation'],
  '@lossline/onnx': ['@lossline/core', '@lossline/evaluation'],
  '@lossline/sweeps': ['@lossline/protocol'],
  '@lossline/agent': ['@lossline/protocol', '@lossline/journal', '@lossline/core', '@lossline/sweeps'],
  '@lossline/store': ['@lossline/protocol'],
  '@lossline/server': ['@lossline/protocol', '@lossline/journal', '@lossline/store', '@lossline/sweeps'],
  '@lossline/web': ['@lossline/protocol'],
  lossline: ['protocol', 'journal', 'core', 'sweeps', 'agent', 'store', 'server', 'web'].map(
    (name) => `@lossline/${name}`,
  ),
  '@lossline/testing': ['@lossline/protocol'],
}

/** Loaded only on demand, as an optional peer. */
const dynamicArrows = { '@lossline/core': ['@lossline/server'] }

/** Node's own modules belong in a `node/` folder here, so that a browser twin can stand beside it. */
const portablePackages = ['protocol', 'core', 'evaluation', 'tfjs', 'transformers', 'onnx'].map((n) => `@lossline/${n}`)

/** What the server's domain may import besides its own files and those directly in `src/`. */
const domainImports = ['@lossline/protocol', '@lossline/store', '@lossline/sweeps', 'node:crypto']

/** Tools of the whole workspace. Everything else belongs to the package that uses it. */
const rootTools = [
  ...['@arethetypeswrong/cli', '@biomejs/biome', '@changesets/cli', '@types/node', 'publint', 'rolldown'],
  ...['turbo', 'typescript', 'vitest'],
]

const codeEndings = new Set(['.ts', '.tsx', '.mts', '.js', '.mjs'])
const problems = []

function report(path, problem) {
  problems.push(`${relative(root, path) || '.'}: ${problem}`)
}

function readWorkspacePackage(folder) {
  const directory = join(root, folder)
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
  const files = filesBelow(directory)
  const modules = files
    .filter((path) => codeEndings.has(extname(path)))
    .map((path) => ({ path, isSource: isSource(directory, path), imports: importsOf(path) }))
  return { folder, directory, name: manifest.name, manifest, files, modules }
}

function isSource(directory, path) {
  const inside = relative(directory, path)
  return inside.startsWith(`src${sep}`) && !/\.(test|test-d|spec)\.tsx?$/.test(inside)
}

/** Packages that a module names, each once. */
function packagesOf(module) {
  const bare = module.imports.filter(({ specifier }) => !/^[.#/]/.test(specifier) && !specifier.includes(':'))
  return bare
    .filter(({ specifier }) => !isBuiltin(specifier))
    .map((one) => ({ ...one, name: packageNameOf(one.specifier) }))
}

function checkArrows({ name, folder, modules }) {
  if (!folder.startsWith('packages/')) return
  if (!Object.hasOwn(arrows, name))
    return report(join(root, folder), `${name} has no place in the map of scripts/check-arrows.mjs`)
  for (const module of modules.filter(({ isSource }) => isSource)) {
    for (const { name: other, isDynamic } of packagesOf(module)) {
      if (other !== 'lossline' && !other.startsWith('@lossline/')) continue
      const isAllowed = arrows[name].includes(other) || (isDynamic && dynamicArrows[name]?.includes(other))
      if (!isAllowed && other !== name) report(module.path, `${name} must not import ${other}`)
    }
  }
}

function checkNodeModules({ name, modules }) {
  if (!portablePackages.includes(name)) return
  for (const { path, isSource, imports } of modules) {
    if (!isSource || path.includes(`${sep}node${sep}`)) continue
    for (const { specifier, isType } of imports) {
      if (isBuiltin(specifier) && !isType) report(path, `${specifier} may be imported only below a node/ folder`)
    }
    for (const name of nodeGlobalsOf(path)) report(path, `${name} is Node's and may be used only below a node/ folder`)
  }
}

function checkDependencies({ name, directory, manifest, files, modules }) {
  const inlined = Object.fromEntries((manifest.inlinedDependencies ?? []).map((other) => [other, true]))
  for (const other of Object.keys(inlined)) {
    if (!manifest.devDependencies?.[other]) report(directory, `${other} is inlined, so it belongs to devDependencies`)
  }
  const atRunTime = { ...manifest.dependencies, ...manifest.peerDependencies, ...inlined }
  // What is bundled or never published may come from either list.
  const inSource =
    name === '@lossline/web' || manifest.private ? { ...atRunTime, ...manifest.devDependencies } : atRunTime
  const anywhere = { ...atRunTime, ...manifest.devDependencies, ...manifest.optionalDependencies }
  for (const module of modules) {
    const listed = module.isSource ? { ...inSource, ...manifest.optionalDependencies } : anywhere
    for (const { name: other, isType } of packagesOf(module)) {
      const isKnown = Object.hasOwn(listed, other) || (isType && Object.hasOwn(anywhere, other))
      const isTool = !module.isSource && rootTools.includes(other)
      if (!isKnown && !isTool && other !== name) report(module.path, `package.json does not list ${other}`)
    }
  }
  const texts = files.filter(
    (path) => basename(path) !== 'package.json' && /\.([cm]?[jt]sx?|css|html|json)$/.test(path),
  )
  const text = texts.map((path) => readFileSync(path, 'utf8')).join('\n')
  for (const other of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
    const isUsed = other.startsWith('@types/') || new RegExp(`['"]${other}(/[^'"]*)?['"]`).test(text)
    if (!isUsed) report(directory, `package.json lists ${other}, which nothing uses`)
  }
}

function checkManifest({ folder, directory, manifest }) {
  if (!folder.startsWith('packages/')) return
  for (const field of ['description', 'license', 'type', 'sideEffects', 'engines', 'files', 'exports']) {
    if (manifest[field] === undefined) report(directory, `package.json has no "${field}"`)
  }
  if (!existsSync(join(directory, 'README.md'))) report(directory, 'there is no README.md')
  for (const [path, target] of Object.entries(manifest.exports ?? {})) {
    if (typeof target === 'string') continue
    const keys = Object.keys(target).join(', ')
    if (keys !== 'source, types, default')
      report(directory, `exports["${path}"] has ${keys} instead of source, types, default`)
    else if (!existsSync(join(directory, target.source))) report(directory, `${target.source} does not exist`)
    // The source is not in the published package: there the condition would lead to nothing.
    const { source: _source, ...published } = target
    if (!manifest.private && JSON.stringify(manifest.publishConfig?.exports?.[path]) !== JSON.stringify(published))
      report(directory, `publishConfig.exports["${path}"] is not exports["${path}"] without "source"`)
  }
}

/** The server's rules are written in its own words: no transport and no database in them. */
function checkServerDomain({ name, directory, modules }) {
  if (name !== '@lossline/server') return
  const source = join(directory, 'src')
  const domain = join(source, 'domain') + sep
  for (const { path, isSource, imports } of modules) {
    if (!isSource || !path.startsWith(domain)) continue
    for (const { specifier } of imports) {
      const target = join(dirname(path), specifier)
      const isOwn = specifier.startsWith('.') && (target.startsWith(domain) || dirname(target) === source)
      if (!isOwn && !domainImports.includes(packageNameOf(specifier)))
        report(path, `domain/ must not import ${specifier}`)
    }
  }
}

/** `tsc -b` builds in the order of these references. */
function checkReferences({ directory, modules }) {
  const file = join(directory, 'tsconfig.json')
  if (!existsSync(file)) return
  const references = [...readFileSync(file, 'utf8').matchAll(/"path":\s*"\.\.\/([\w-]+)"/g)].map(([, name]) => name)
  const used = modules.filter(({ isSource }) => isSource).flatMap(packagesOf)
  for (const other of new Set(
    used.filter(({ name }) => name.startsWith('@lossline/')).map(({ name }) => name.slice(10)),
  )) {
    if (!references.includes(other) && other !== basename(directory)) report(file, `references lack ../${other}`)
  }
}

function checkFileCycles({ modules }) {
  const graph = new Map()
  for (const { path, imports } of modules) {
    const siblings = imports.filter(({ specifier, isType }) => specifier.startsWith('.') && !isType)
    graph.set(
      path,
      siblings.map(({ specifier }) => join(dirname(path), specifier)),
    )
  }
  const cycle = findCycle(graph)
  if (cycle !== undefined)
    report(cycle[0], `imports go round: ${cycle.map((path) => relative(root, path)).join(' → ')}`)
}

function checkPackageCycles(packages) {
  const names = new Set(packages.map(({ name }) => name))
  const graph = packages.map(({ name, manifest }) => {
    const listed = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies }
    return [name, Object.keys(listed).filter((other) => names.has(other))]
  })
  const cycle = findCycle(new Map(graph))
  if (cycle !== undefined) report(root, `packages go round: ${cycle.join(' → ')}`)
}

function checkRootTools() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    if (!rootTools.includes(name)) report(root, `${name} belongs to the package that uses it, not to the root`)
  }
}

const packages = packageFolders().map(readWorkspacePackage)
for (const one of packages) {
  checkArrows(one)
  checkNodeModules(one)
  checkDependencies(one)
  checkManifest(one)
  checkServerDomain(one)
  checkReferences(one)
  checkFileCycles(one)
}
checkPackageCycles(packages)
checkRootTools()

for (const problem of problems) console.error(problem)
const moduleCount = packages.reduce((count, { modules }) => count + modules.length, 0)
console.log(`${packages.length} packages, ${moduleCount} modules, ${problems.length} problems`)
process.exitCode = problems.length > 0 ? 1 : 0
