import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { makeDirectorySync } from '@lossline/journal'
import type { Settings } from '../settings/settings.ts'

const dataDirectoryName = '.lossline'

/**
 * Finds the data folder, which holds the runs and need not exist yet: `dataDir`, else `.lossline` in `dir`, else the
 * nearest `.lossline` from the working directory upwards, else `.lossline` in the working directory.
 *
 * @returns an absolute path.
 */
export function findDataDirectory({ dir, dataDir }: Pick<Settings, 'dir' | 'dataDir'> = {}): string {
  if (dataDir !== undefined) return resolve(dataDir)
  if (dir !== undefined) return join(resolve(dir), dataDirectoryName)
  const found = findUpwards(process.cwd(), (folder) => isDirectory(join(folder, dataDirectoryName)))
  return join(found ?? process.cwd(), dataDirectoryName)
}

/** The nearest folder from `start` upwards for which the test holds. */
export function findUpwards(start: string, test: (folder: string) => boolean): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (test(folder)) return folder
    if (dirname(folder) === folder) return undefined
  }
}

/**
 * Makes a run's folder: `runs/run-<local time>-<run id>/` with `files/` in it, and a number at the end of the name
 * when that folder exists. A new data folder also gets a `.gitignore` that covers all of it.
 */
export function createRunDirectory(options: {
  readonly dataDirectory: string
  readonly runId: string
  readonly startedAt: Date
  readonly isOffline: boolean
}): string {
  const { dataDirectory, runId, startedAt } = options
  const isNew = !existsSync(dataDirectory)
  makeDirectorySync(join(dataDirectory, 'runs'))
  if (isNew) writeFileSync(join(dataDirectory, '.gitignore'), '*\n')
  // W&B's own uploader takes folders without the prefix for runs that were sent already.
  const prefix = options.isOffline ? 'offline-run' : 'run'
  const path = join(dataDirectory, 'runs', `${prefix}-${toTimestamp(startedAt)}-${runId}`)
  for (let suffix = 0; ; suffix += 1) {
    const candidate = suffix === 0 ? path : `${path}-${suffix}`
    if (!tryMakeDirectory(candidate)) continue
    mkdirSync(join(candidate, 'files'))
    return candidate
  }
}

/** Text of a file; `undefined` when it cannot be read. */
export function maybeReadText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function tryMakeDirectory(path: string): boolean {
  try {
    mkdirSync(path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** Local time as `20261124_101500`. */
function toTimestamp(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0')
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`
  return `${day}_${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`
}
