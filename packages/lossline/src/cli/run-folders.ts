import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { orderByStart } from '@lossline/journal'
import { CliError } from './errors.ts'

/** A run on disk. */
export interface RunFolder {
  readonly directory: string
  readonly journalPath: string
  readonly journalBytes: number
  /** When the journal was last written, milliseconds since 1970. */
  readonly writtenMs: number
  readonly runId: string
}

const journalName = /^run-(.+)\.wandb$/

/**
 * Finds run folders: a path may be a journal, a run's folder, a folder of run folders (`runs/`, or W&B's `wandb/`), or a
 * data folder. Oldest first.
 *
 * @throws {@link CliError} `run-folder-not-found` when there is none below a path.
 */
export function findRunFolders(paths: readonly string[]): RunFolder[] {
  const found = paths.flatMap((path) => {
    const folders = foldersAt(resolve(path))
    if (folders.length === 0) throw notFound(path)
    return folders
  })
  return [...new Map(found.map((folder) => [folder.journalPath, folder])).values()]
}

/** Runs of a data folder; none if it does not exist. */
export function runFoldersOf(dataDirectory: string): RunFolder[] {
  return orderByStart(childFolders(join(dataDirectory, 'runs')).flatMap(ownJournal))
}

function foldersAt(path: string): RunFolder[] {
  const match = journalName.exec(basename(path))
  if (match !== null && isFile(path)) return ownJournal(dirname(path)).filter(({ journalPath }) => journalPath === path)
  const own = ownJournal(path)
  if (own.length > 0) return own
  const children = childFolders(path)
    // W&B keeps a link to the latest run beside the runs.
    .filter((child) => basename(child) !== 'latest-run')
    .flatMap(ownJournal)
  return children.length > 0 ? orderByStart(children) : runFoldersOf(path)
}

function ownJournal(directory: string): RunFolder[] {
  return namesIn(directory).flatMap((name) => {
    const runId = journalName.exec(name)?.[1]
    const journalPath = join(directory, name)
    const file = runId === undefined ? undefined : statSync(journalPath, { throwIfNoEntry: false })
    if (runId === undefined || !file?.isFile()) return []
    return [{ directory, journalPath, journalBytes: file.size, writtenMs: file.mtimeMs, runId }]
  })
}

function childFolders(directory: string): string[] {
  return namesIn(directory)
    .filter((name) => !name.startsWith('.'))
    .sort()
    .map((name) => join(directory, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory())
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    // Not there, or not a folder: nothing is in it.
    return []
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function notFound(path: string): CliError {
  return new CliError({
    code: 'run-folder-not-found',
    message: `There is no run in "${path}".`,
    hint: 'Name a run folder (it holds run-<id>.wandb), a folder of run folders, or a .lossline folder.',
  })
}
