import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ScriptError } from './errors.mjs'
import { cachePath, root, writeWhole } from './paths.mjs'
import { runQuietly } from './processes.mjs'
import { explainFailure } from './toolchain.mjs'

const stampFile = cachePath('installed')
const logFile = cachePath('last-failure.log')

/** Folders of all packages of the workspace, as paths from its root. */
export function packageFolders() {
  const nested = ['packages', 'examples'].flatMap((parent) => foldersIn(parent).map((name) => `${parent}/${name}`))
  return [...nested, 'bench'].filter((folder) => existsSync(join(root, folder, 'package.json')))
}

/** Installs what the lock file says; returns at once when that is what is there. */
export async function installPackages({ env }) {
  const stamp = installStamp()
  if (isInstalled(stamp)) return
  console.error('lossline: installing packages…')
  const { exitCode, output } = await runQuietly('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], {
    env: {
      ...env,
      CI: 'true',
      npm_config_fetch_retries: '1',
      npm_config_fetch_retry_mintimeout: '1000',
      npm_config_fetch_retry_maxtimeout: '4000',
      npm_config_update_notifier: 'false',
    },
  })
  if (exitCode !== 0) throw failure('Installing packages failed', output)
  writeWhole(stampFile, stamp)
}

/** Builds every package; only those that changed take time. */
export async function buildPackages({ env }) {
  const turbo = join(root, 'node_modules', '.bin', 'turbo')
  let hasSaidSo = false
  const { exitCode, output } = await runQuietly(
    turbo,
    ['run', 'build', '--output-logs=new-only', '--log-order=grouped'],
    {
      env: { ...env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
      onText: (text) => {
        if (hasSaidSo || !text.includes('cache miss')) return
        hasSaidSo = true
        console.error('lossline: building…')
      },
    },
  )
  if (exitCode !== 0) throw failure('The build failed', output)
}

function failure(what, output) {
  writeWhole(logFile, output)
  return new ScriptError(`${what}: ${explainBuildFailure(output)} (all of it: ${logFile})`)
}

function explainBuildFailure(output) {
  const compilerError = /^.*\berror TS\d+:.*$/m.exec(output)
  if (compilerError !== null) return compilerError[0].replace(/^\S+:build: /, '')
  const packages = [...output.matchAll(/^ERROR\s+(\S+)#build|^(\S+)#build:\s+ERROR/gm)].map(
    (match) => match[1] ?? match[2],
  )
  return packages.length > 0 ? `in ${packages.join(', ')}` : explainFailure(output)
}

/** Changes whenever the installed packages must: with a manifest, the lock file, or the place. */
function installStamp() {
  const hash = createHash('sha256').update(root)
  const manifests = packageFolders().map((folder) => `${folder}/package.json`)
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests]) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

function isInstalled(stamp) {
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) return false
  return packageFolders().every((folder) => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const names = Object.keys({ ...dependencies, ...devDependencies })
    return names.every((name) => existsSync(join(root, folder, 'node_modules', name)))
  })
}

function foldersIn(parent) {
  const path = join(root, parent)
  if (!existsSync(path)) return []
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
}
