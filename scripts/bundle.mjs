// Builds one package, from its folder: each public entry, and each source file that is given as an argument (threads), becomes
// one file of JavaScript in `dist/`. Node opens and links every module by itself, so that hundreds of them are slow to import.
// For the same reason the libraries that the manifest names in `inlinedDependencies` go into the file; their licences lie beside it.
//
// All files lie in `dist/` itself, also those that entries share: a module finds the file of its thread beside itself, whichever
// file it has become a part of.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, isAbsolute, join } from 'node:path'
import { rolldown } from 'rolldown'
import { ScriptError } from './lib/errors.mjs'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))

/** Source files of the entries that `exports` names, by the name of the file that each becomes. */
function publicEntries() {
  const entries = Object.entries(manifest.exports).filter(([, target]) => target.source !== undefined)
  return Object.fromEntries(
    entries.map(([subpath, { source, default: built }]) => {
      const name = subpath === '.' ? 'index' : basename(subpath)
      if (built === `./dist/${name}.js`) return [name, source]
      throw new ScriptError(`${manifest.name}: "default" of ${subpath} is ${built}; it is built as ./dist/${name}.js.`)
    }),
  )
}

const threads = Object.fromEntries(process.argv.slice(2).map((source) => [basename(source, '.ts'), source]))

const inlined = manifest.inlinedDependencies ?? []
const isOf = (id, name) => id === name || id.startsWith(`${name}/`)

const bundle = await rolldown({
  input: { ...publicEntries(), ...threads },
  platform: 'node',
  tsconfig: false,
  // Other packages stay packages, each loaded once by whoever needs it.
  external: (id) => !id.startsWith('.') && !isAbsolute(id) && !inlined.some((name) => isOf(id, name)),
  onLog(level, log, report) {
    if (level === 'warn') throw new ScriptError(`${manifest.name}: ${log.message}`)
    report(level, log)
  },
})
for (const file of readdirSync('dist').filter((name) => /\.js(\.map)?$/.test(name))) rmSync(join('dist', file))
await bundle.write({ dir: 'dist', format: 'esm', sourcemap: true, chunkFileNames: '[name]-[hash].js' })
await bundle.close()
if (inlined.size > 0)
  writeFileSync(join('dist', 'third-party-licenses.txt'), [...inlined].sort().map(licenseOf).join('\n\n'))

/** Name, version and licence text of an inlined package. */
function licenseOf(name) {
  const folder = join('node_modules', name)
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  if (file === undefined)
    throw new ScriptError(`${manifest.name}: ${name} has no licence file, so it may not be inlined.`)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
}
