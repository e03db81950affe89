// Packed packages in a folder outside the workspace: what a user has after `npm install`.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { root } from './paths.mjs'
import { runQuietly } from './processes.mjs'
import { explainFailure } from './toolchain.mjs'
import { packageFolders } from './workspace.mjs'

/** The user's environment, without settings that would make this run another one. */
export const userEnv = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(LOSSLINE|WANDB|NODE_OPTIONS|NODE_COMPILE_CACHE)/.test(name)),
  ),
  ONNXRUNTIME_NODE_INSTALL: 'skip',
}

/** Folder and manifest of every package that is published. */
export function publicPackages() {
  return packageFolders()
    .filter((folder) => folder.startsWith('packages/'))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => !manifest.private)
}

/** What each program of an adapter gets as its argument: the folder of the models that ship with an example. */
export const modelFolder = join(root, 'examples/transformers-tickets/models')

/** The packages that attach to a framework, with the program that uses each; their frameworks are optional peers. */
export function adapters() {
  return publicPackages().flatMap(({ folder, manifest }) => {
    const program = join(root, 'scripts/pack-check/adapters', `${basename(folder)}.ts`)
    if (!existsSync(program)) return []
    const frameworks = Object.entries(manifest.peerDependencies).map(([name, range]) => ({ name, range }))
    return [{ folder, name: manifest.name, program, frameworks }]
  })
}

/** A new folder for tarballs and consumers; `close` removes it, unless `LOSSLINE_KEEP_SCRATCH` is set. */
export function openScratch() {
  const directory = mkdtempSync(join(tmpdir(), 'lossline-packed-'))
  const close = () => {
    if (process.env.LOSSLINE_KEEP_SCRATCH) console.error(`kept ${directory}`)
    else rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
  }
  return { directory, close }
}

/** Runs a program and returns what it prints. @throws when it fails, with all of that */
export async function runOrThrow(what, program, args, options) {
  const { exitCode, output } = await runQuietly(program, args, { env: userEnv, ...options })
  if (exitCode !== 0) throw new Error(`${what} failed:\n${output.trim()}`)
  return output
}

/** Packs one package into a folder of tarballs. */
export async function pack({ folder, manifest }, tarballs) {
  const before = new Set(readdirSync(tarballs))
  await runOrThrow(`pnpm pack of ${manifest.name}`, 'pnpm', ['pack', '--pack-destination', tarballs], {
    cwd: join(root, folder),
  })
  const file = readdirSync(tarballs).find((name) => !before.has(name))
  return { name: manifest.name, hasEntry: manifest.exports?.['.'] !== undefined, tarball: join(tarballs, file) }
}

/**
 * Makes a user's project. Ours come from the tarballs wherever they are asked for; the rest comes from the registry or npm's cache.
 *
 * @param {Record<string, string>} others - Further dependencies, by name and version.
 */
export async function installConsumer(directory, packed, names, others = {}) {
  mkdirSync(directory, { recursive: true })
  const ours = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]))
  const manifest = {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: { ...Object.fromEntries(names.map((name) => [name, ours[name]])), '@types/node': '^22', ...others },
    overrides: Object.fromEntries(Object.entries(ours).filter(([name]) => !names.includes(name))),
  }
  writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest, null, 2))
  const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  const { exitCode, output } = await runQuietly('npm', args, { cwd: directory, env: userEnv })
  if (exitCode !== 0) throw new Error(`npm install of the tarballs failed: ${explainFailure(output)}\n${output.trim()}`)
}

const strictness = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess']
const resolutions = {
  nodenext: ['--module', 'nodenext'],
  bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'],
}

/** Puts a program into a project and checks its types as strictly as they come, with both ways to resolve modules. */
export async function checkTypes(directory, program, { skipLibCheck = false } = {}) {
  const file = basename(program)
  copyFileSync(program, join(directory, file))
  const target = ['--target', 'es2022', '--lib', 'es2023,esnext.disposable,dom', '--types', 'node', '--ignoreConfig']
  for (const [resolution, args] of Object.entries(resolutions)) {
    const lib = ['--skipLibCheck', String(skipLibCheck)]
    await runOrThrow(
      `Type-checking ${file} with moduleResolution ${resolution}`,
      join(root, 'node_modules', '.bin', 'tsc'),
      ['--noEmit', ...strictness, ...args, ...target, ...lib, file],
      { cwd: directory },
    )
  }
}
