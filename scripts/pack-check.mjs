// Packs every public package, installs the tarballs with npm in a folder outside the workspace, and uses them there:
// from plain JavaScript with the server beside it, and from strict TypeScript. Also runs publint and attw on each.
import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  adapters,
  checkTypes,
  installConsumer,
  modelFolder,
  openScratch,
  pack,
  publicPackages,
  runOrThrow,
  userEnv,
} from './lib/packing.mjs'
import { root } from './lib/paths.mjs'
import { runQuietly } from './lib/processes.mjs'

const patienceMs = 30_000
const tool = (name) => join(root, 'node_modules', '.bin', name)
const problems = []
const scratch = openScratch()
const tarballs = join(scratch.directory, 'tarballs')
const consumer = join(scratch.directory, 'consumer')
mkdirSync(tarballs)

/** What publint and attw say against a package, if anything. */
async function lint({ name, tarball, hasEntry }) {
  const { exitCode, output } = await runQuietly(tool('publint'), ['run', tarball, '--level', 'warning'])
  if (exitCode !== 0 || /^(Errors|Warnings):/m.test(output)) problems.push(`publint on ${name}:\n${output.trim()}`)
  if (!hasEntry) return
  const types = await runQuietly(tool('attw'), [tarball, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii'])
  if (types.exitCode !== 0) problems.push(`attw on ${name}:\n${types.output.trim()}`)
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
  const child = spawn(cli, ['serve', '--port', '0', '--data-dir', join(consumer, '.lossline')], {
    cwd: consumer,
    env: userEnv,
  })
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

/** Each adapter without its framework: it can be imported, and says what is missing where it is needed. */
async function checkWithoutFrameworks() {
  const program = 'without-frameworks.mjs'
  copyFileSync(join(root, 'scripts/pack-check', program), join(consumer, program))
  await runOrThrow('The adapters without their frameworks', process.execPath, [program], { cwd: consumer })
}

/** Each adapter with the framework that the workspace has installed for it, as a program that is run and type-checked. */
async function checkAdapter({ folder, name, program, frameworks }) {
  for (const framework of frameworks) linkFramework(folder, framework.name)
  // The declarations of the frameworks themselves are not ours to check.
  await checkTypes(consumer, program, { skipLibCheck: true })
  const file = program.slice(dirname(program).length + 1)
  await runOrThrow(`The program for ${name}`, process.execPath, [file, modelFolder], { cwd: consumer })
}

function linkFramework(folder, name) {
  const path = join(consumer, 'node_modules', name)
  mkdirSync(dirname(path), { recursive: true })
  try {
    symlinkSync(join(root, folder, 'node_modules', name), path, 'junction')
  } catch (error) {
    // Two adapters may share a framework.
    if (error.code !== 'EEXIST') throw error
  }
}

try {
  const packed = []
  for (const one of publicPackages()) await attempt(async () => packed.push(await pack(one, tarballs)))
  for (const one of packed) await attempt(() => lint(one))
  const names = ['lossline', '@lossline/evaluation', ...adapters().map(({ name }) => name)]
  if (await attempt(() => installConsumer(consumer, packed, names))) {
    await attempt(() => checkTypes(consumer, join(root, 'scripts/pack-check/consumer.ts')))
    await attempt(checkUse)
    await attempt(checkWithoutFrameworks)
    for (const adapter of adapters()) await attempt(() => checkAdapter(adapter))
  }
} finally {
  scratch.close()
}
for (const problem of problems) console.error(`${problem}\n`)
console.log(`${publicPackages().length} packages packed, ${problems.length} problems`)
process.exitCode = problems.length > 0 ? 1 : 0
