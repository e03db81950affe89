import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { ScriptError } from './errors.mjs'
import { cachePath, writeWhole } from './paths.mjs'
import { runQuietly } from './processes.mjs'

const nodeRange = 'node@22'
const pnpmRange = 'pnpm@10'
const noteFile = cachePath('toolchain.json')

/**
 * Finds a Node and a pnpm that the workspace can be built with: this Node with the pnpm on `PATH`, else those that an
 * earlier run fetched, else fetches both from the npm registry into npm's own cache.
 *
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv }>} the interpreter, and an environment that finds both first
 */
export async function findToolchain() {
  if (isNodeNewEnough(process.versions.node) && (await isPnpmOnPath())) {
    return toToolchain(process.execPath, dirname(process.execPath))
  }
  const known = readNote()
  if (known !== undefined) return toToolchain(known.node, known.binDirectory)
  const fetched = await fetchTools()
  writeWhole(noteFile, JSON.stringify(fetched))
  return toToolchain(fetched.node, fetched.binDirectory)
}

/** `node:sqlite`, type stripping and `zlib.crc32`: from 22.18, and in 23 not from the start. */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major >= 24 || (major === 22 && minor >= 18)
}

async function isPnpmOnPath() {
  const env = { ...process.env, COREPACK_ENABLE_DOWNLOAD_PROMPT: '0', COREPACK_ENABLE_NETWORK: '0' }
  const { exitCode, output } = await runQuietly('pnpm', ['--version'], { env })
  return exitCode === 0 && /^10\.\d+\.\d+$/m.test(output)
}

function readNote() {
  try {
    const note = JSON.parse(readFileSync(noteFile, 'utf8'))
    return existsSync(note.node) && existsSync(join(note.binDirectory, 'pnpm')) ? note : undefined
  } catch {
    return undefined
  }
}

function toToolchain(node, binDirectory) {
  const env = { ...process.env, PATH: [binDirectory, process.env.PATH ?? ''].join(delimiter) }
  // A variable of an outer Node's options or of the npm that started us must not reach the inner tools.
  for (const name of ['NODE_OPTIONS', 'npm_config_prefix', 'npm_config_global_prefix', 'npm_config_local_prefix']) {
    delete env[name]
  }
  return { node, env }
}

// Runs inside `npm exec`, which has put the packages' commands on PATH.
const report = `
const { existsSync } = require('node:fs'), { delimiter, join } = require('node:path')
const binDirectory = process.env.PATH.split(delimiter).find((directory) => existsSync(join(directory, 'pnpm')))
console.log('tools:' + JSON.stringify({ node: process.execPath, binDirectory }))`

async function fetchTools() {
  console.error(`lossline: fetching ${nodeRange} and ${pnpmRange} with npm (this Node is ${process.versions.node})…`)
  // npm looks for a project from the working directory upwards; an empty folder has none.
  const cwd = mkdtempSync(join(tmpdir(), 'lossline-tools-'))
  const scriptFile = join(cwd, 'report.cjs')
  writeWhole(scriptFile, report)
  const [program, ...npmArgs] = npmCommand()
  const args = [
    ...npmArgs,
    'exec',
    '--yes',
    `--package=${nodeRange}`,
    `--package=${pnpmRange}`,
    '--',
    'node',
    scriptFile,
  ]
  const env = {
    ...process.env,
    npm_config_loglevel: 'error',
    npm_config_update_notifier: 'false',
    npm_config_fetch_retries: '2',
    npm_config_fetch_retry_mintimeout: '1000',
    npm_config_fetch_retry_maxtimeout: '4000',
  }
  const { exitCode, output } = await runQuietly(program, args, { cwd, env })
  rmSync(cwd, { recursive: true, force: true })
  const tools = /^tools:(.*)$/m.exec(output)
  if (exitCode === 0 && tools !== null) return JSON.parse(tools[1])
  throw new ScriptError(
    `Cannot fetch ${nodeRange} and ${pnpmRange} from the npm registry (${explainFailure(output)}). ` +
      'Try again with a network, or install Node 22.18 or later and pnpm 10.',
  )
}

/** The npm that started this script, else the one on `PATH`. */
function npmCommand() {
  const cli = process.env.npm_execpath
  return cli?.endsWith('npm-cli.js') ? [process.execPath, cli] : ['npm']
}

/** The line of a package manager's output that says what went wrong. */
export function explainFailure(output) {
  const network = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT)\b/.exec(
    output,
  )
  if (network !== null) return `no connection: ${network[1]}`
  const lines = output.split('\n').map((line) => line.trim())
  const line =
    lines.find((text) => /ERR_PNPM_\w+/.test(text)) ??
    lines.find((text) => /reason:/.test(text)) ??
    lines.find((text) => /^npm (error|ERR!) (?!code|errno|A complete)/.test(text)) ??
    lines.findLast?.((text) => text !== '')
  return (line ?? 'no reason given').replace(/^npm (error|ERR!) /, '').slice(0, 300)
}
