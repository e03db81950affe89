import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'

const version = '0.30.0'

// What the client needs at run time; an index that lacks some of it makes the plain install fail as a whole.
const requirements = [
  ['opentelemetry-api', 'opentelemetry-sdk', 'opentelemetry-exporter-otlp-proto-http'],
  ['opentelemetry-exporter-otlp-proto-common', 'opentelemetry-proto'],
]
const ordinaryRequirements = [
  ...['click>=8.2', 'packaging', 'platformdirs', 'protobuf>=5,<8', 'pydantic>=2.6,<3', 'pyyaml', 'requests<3'],
  ...['typing-extensions>=4.8', 'xxhash>=3', 'googleapis-common-protos'],
]

/**
 * Makes, once, a Python environment with W&B's own client.
 *
 * @param {string} folder
 * @param {number} deadline - When to give up, Unix milliseconds.
 * @returns {{ python: string } | { missing: string }}
 */
export function prepareVenv(folder, deadline) {
  const python = join(folder, 'bin', 'python')
  if (existsSync(python) && hasClient(python)) return { python }
  const base = ['python3', 'python3.13', 'python3.12', 'python3.11'].find(
    (name) => run(name, ['-c', 'import sys, venv, ensurepip; assert sys.version_info >= (3, 9)'], deadline).isFine,
  )
  if (base === undefined) return { missing: 'no Python 3.9 or later with venv and pip on PATH' }
  const made = run(base, ['-m', 'venv', '--clear', folder], deadline)
  if (!made.isFine) return { missing: `python -m venv failed: ${made.lastLine}` }

  const plain = pip(python, [`wandb==${version}`], deadline)
  if (plain.isFine && hasClient(python)) return { python }
  const bare = pip(python, ['--no-deps', `wandb==${version}`], deadline)
  if (!bare.isFine) return { missing: `pip cannot install wandb ${version}: ${bare.lastLine}` }
  for (const names of requirements) pip(python, ['--no-deps', ...names], deadline)
  pip(python, ordinaryRequirements, deadline)
  addStandIn(python, deadline)
  if (hasClient(python)) return { python }
  return { missing: `wandb ${version} is installed but cannot be imported: ${clientError(python)}` }
}

/** An interpreter that somebody names: it must have the client. */
export function checkVenv(python) {
  if (hasClient(python)) return { python }
  return { missing: `LOSSLINE_PYTHON=${python} cannot import wandb ${version}` }
}

/** Fills in for one package that some mirrors lack. */
function addStandIn(python, deadline) {
  if (run(python, ['-c', 'import opentelemetry.semconv'], deadline).isFine) return
  const { lastLine: site } = run(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'], deadline)
  const folder = join(site, 'opentelemetry', 'semconv')
  mkdirSync(folder, { recursive: true })
  copyFileSync(join(root, 'scripts', 'python', 'semconv_stand_in.py'), join(folder, '__init__.py'))
}

/**
 * Installs packages.
 *
 * @returns {{ isFine: boolean, lastLine: string }}
 */
export function pip(python, args, deadline) {
  // Without this an index that does not answer costs minutes for each package.
  const patience = ['--retries', '0', '--timeout', '20', '--disable-pip-version-check', '--no-input', '--quiet']
  return run(python, ['-m', 'pip', 'install', ...patience, ...args], deadline)
}

const importClient = `import wandb; from wandb.proto import wandb_internal_pb2; assert wandb.__version__ == "${version}"`

function hasClient(python) {
  return run(python, ['-c', importClient], Date.now() + 60_000).isFine
}

function clientError(python) {
  return run(python, ['-c', importClient], Date.now() + 60_000).lastLine
}

/** Runs a program to its end, at the latest until the deadline. */
export function run(program, args, deadline) {
  const timeout = Math.max(1, deadline - Date.now())
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout, stdio: 'pipe' })
  const text = error ? error.message : `${stderr ?? ''}${stdout ?? ''}`
  return { isFine: status === 0, lastLine: text.trim().split('\n').at(-1) ?? '' }
}
