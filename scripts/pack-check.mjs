// Packs every public package, installs the tarballs with npm in a folder outside the workspace, and uses them there:
// from plain JavaScript with the server beside it, and from strict TypeScript. Also runs publint and attw on each.
import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './lib/paths.mjs'
import { runQuietly } from './lib/processes.mjs'
import { explainFailure } from './lib/toolchain.mjs'
import { packageFolders } from './lib/workspace.mjs'

const patienceMs = 30_000
const tool = (name) => join(root, 'node_modules', '.bin', name)
const problems = []
const scratch = mkdtempSync(join(tmpdir(), 'lossline-packed-'))
const tarballs = join(scratch, 'tarballs')
const consumer = join(scratch, 'consumer')
mkdirSync(tarballs)
mkdirSync(consumer)

const publicPackages = packageFolders()
  .filter((folder) => folder.startsWith('packages/'))
  .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) }))
  .filter(({ manifest }) => !manifest.private)

/** The user's environment, without settings that would make this run another one. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(LOSSLINE|WANDB|NODE_OPTIONS)/.test(name)),
)

async function runOrThrow(what, program, args, options) {
  const { exitCode, output } = await runQuietly(program, args, { env, ...options })
  if (exitCode !== 0) throw new Error(`${what} failed:\n${output.trim()}`)
  return output
}

async function pack({ folder, manifest }) {
  const before = new Set(readdirSync(tarballs))
  await runOrThrow(`pnpm pack of ${manifest.name}`, 'pnpm', ['pack', '--pack-destination', tarballs], {
    cwd: join(root, folder),
  })
  const file = readdirSync(tarballs).find((name) => !before.has(name))
  return { name: manifest.name, hasEntry: manifest.exports?.['.'] !== undefined, tarball: join(tarballs, file) }
}

/** What publint and attw say against a package, if anything. */
async function lint({ name, tarball, hasEntry }) {
  const { exitCode, output } = await runQuietly(tool('publint'), ['run', tarball, '--level', 'warning'])
  if (exitCode !== 0 || /^(Errors|Warnings):/m.test(output)) problems.push(`publint on ${name}:\n${output.trim()}`)
  if (!hasEntry) return
  const types = await runQuietly(tool('attw'), [tarball, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii'])
  if (types.exitCode !== 0) problems.push(`attw on ${name}:\n${types.output.trim()}`)
}

/** Ours come from the tarballs wherever they are asked for; the rest comes from the registry or npm's cache. */
async function install(packed) {
  const ours = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]))
  const manifest = {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: { lossline: ours.lossline, '@lossline/tfjs': ours['@lossline/tfjs'], '@types/node': '^22' },
    overrides: Object.fromEntries(
      Object.entries(ours).filter(([name]) => !['lossline', '@lossline/tfjs'].includes(name)),
    ),
  }
  writeFileSync(join(consumer, 'package.json'), JSON.stringify(manifest, null, 2))
  const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  const { exitCode, output } = await runQuietly('npm', args, { cwd: consumer, env })
  if (exitCode !== 0) throw new Error(`npm install of the tarballs failed: ${explainFailure(output)}\n${output.trim()}`)
}

async function checkTypes() {
  copyFileSync(join(root, 'scripts/pack-check/consumer.ts'), join(consumer, 'consumer.ts'))
  const common = [
    '--noEmit',
    '--strict',
    '--exactOptionalPropertyTypes',
    '--noUncheckedIndexedAccess',
    '--skipLibCheck',
    'false',
  ]
  const modes = { nodenext: ['--module', 'nodenext'], bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'] }
  for (const [mode, args] of Object.entries(modes)) {
    const target = ['--target', 'es2022', '--lib', 'es2023,esnext.disposable', '--types', 'node', '--ignoreConfig']
    const { exitCode, output } = await runQuietly(tool('tsc'), [...common, ...args, ...target, 'consumer.ts'], {
      cwd: consumer,
    })
    if (exitCode !== 0) problems.push(`types with moduleResolution ${mode}:\n${output.trim()}`)
  }
}

async function checkUse() {
  copyFileSync(join(root, 'scripts/pack-check/train.mjs'), join(consumer, 'train.mjs'))
  // Some people's tools set a condition of the name under which we find our own sources.
  const args = ['--conditions=source', 'train.mjs']
  const output = await runOrThrow('the training program', process.execPath, args, { cwd: consumer })
  const runId = /^run:(\S+)$/m.exec(output)?.[1]
  const cli = join(consumer, 'node_modules', '.bin', 'lossline')
  await runOrThrow('lossline --version', cli, ['--version'], { cwd: consumer })
  const server = await startServer(cli)
  try {
    const run = await waitForRun(server.url, runId)
    if (run.config.learningRate !== 0.1) problems.push(`the config came back as ${JSON.stringify(run.config)}`)
    await checkPage(server.url)
  } finally {
    await server.stop()
  }
}

async function startServer(cli) {
  const child = spawn(cli, ['serve', '--port', '0', '--data-dir', join(consumer, '.lossline')], { cwd: consumer, env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    const exitCode = await Promise.race([exited, sleep(10_000, 'hangs')])
    if (exitCode !== 'hangs') return
    child.kill('SIGKILL')
    problems.push('the server did not end on SIGTERM')
  }
  try {
    const url = await waitFor('the server prints its URL', () => {
      if (child.exitCode !== null) throw new Error(`lossline serve ended with code ${child.exitCode}:\n${output}`)
      return /http:\/\/[\w.[\]:]+:\d+/.exec(output)?.[0]
    })
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function waitForRun(url, runId) {
  return waitFor(`run ${runId} is complete in the store`, async () => {
    const response = await fetch(`${url}/api/runs/local/packed/${runId}`)
    if (!response.ok) return undefined
    const { run } = await response.json()
    return run.state === 'finished' && run.historyLineCount === 100 ? run : undefined
  })
}

async function checkPage(url) {
  const html = await (await fetch(url)).text()
  const script = /<script[^>]+src="([^"]+)"/.exec(html)?.[1]
  if (script === undefined) return problems.push('the page of the packed server has no script')
  const response = await fetch(new URL(script, url))
  if (!response.ok || !response.headers.get('content-type')?.includes('javascript')) {
    problems.push(`${script} of the page is answered with ${response.status} ${response.headers.get('content-type')}`)
  }
  await response.arrayBuffer()
}

async function waitFor(what, look) {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new Error(`Waited ${patienceMs / 1000} s in vain: ${what}.`)
    await sleep(100)
  }
}

async function attempt(work) {
  try {
    await work()
    return true
  } catch (error) {
    problems.push(error.message)
    return false
  }
}

try {
  const packed = []
  for (const one of publicPackages) await attempt(async () => packed.push(await pack(one)))
  for (const one of packed) await attempt(() => lint(one))
  if (await attempt(() => install(packed))) {
    await attempt(checkTypes)
    await attempt(checkUse)
  }
} finally {
  if (process.env.LOSSLINE_KEEP_SCRATCH) console.error(`kept ${scratch}`)
  else rmSync(scratch, { recursive: true, force: true, maxRetries: 3 })
}
for (const problem of problems) console.error(`${problem}\n`)
console.log(`${publicPackages.length} packages packed, ${problems.length} problems`)
process.exitCode = problems.length > 0 ? 1 : 0
