import { type FSWatcher, readdirSync, realpathSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'
import { orderByStart } from '@lossline/journal'
import type { Clock } from '../clock.ts'

/** A folder with a journal in it. */
export interface RunFolder {
  readonly runDirectory: string
  readonly journalPath: string
  /** Whether it is in a watched folder of W&B's client, where nothing may be changed. */
  readonly isForeign: boolean
}

export interface FindRunFoldersOptions {
  /** `.lossline` directories; their `runs/` need not exist yet. */
  readonly directories: readonly string[]
  /** Run folders of W&B's client, its `wandb` folders, or the folders that hold these; they need not exist yet. */
  readonly wandbDirectories: readonly string[]
  readonly clock: Clock
  /** Called once for each folder. */
  readonly onFolder: (folder: RunFolder) => void
}

/** Notices new folders where the file system does not tell (network drives), or where `runs/` did not exist yet. */
const scanIntervalMs = 1000
/** A new folder is told about before its journal is in it. */
const settleMs = 30

const journalName = /^run-.+\.wandb$/
const wandbRunName = /^(offline-)?run-/

/** Looks for run folders, at once and for as long as it is not closed. */
export function findRunFolders(options: FindRunFoldersOptions): { scan(): void; close(): void } {
  const { clock } = options
  const known = new Set<string>()
  /** Links, and places that lie in each other, lead to one journal. */
  const knownJournals = new Set<string>()
  const watchers = new Map<string, FSWatcher>()
  let timer: unknown
  let isClosed = false

  const scan = (): void => {
    const own = options.directories.flatMap(ownFoldersIn).flatMap((path) => lookInto(path, false))
    const foreign = options.wandbDirectories.flatMap(wandbFoldersIn).flatMap((path) => lookInto(path, true))
    for (const folder of [...orderByStart(own), ...orderByStart(foreign)]) take(folder)
  }

  const lookInto = (runDirectory: string, isForeign: boolean): FoundFolder[] => {
    if (known.has(runDirectory)) return []
    const journal = listNames(runDirectory).find((file) => journalName.test(file))
    if (journal === undefined) return []
    const journalPath = join(runDirectory, journal)
    return [{ runDirectory, journalPath, isForeign, writtenMs: writtenMsOf(journalPath) }]
  }

  const take = ({ runDirectory, journalPath, isForeign }: FoundFolder): void => {
    known.add(runDirectory)
    const real = realOf(journalPath)
    if (knownJournals.has(real)) return
    knownJournals.add(real)
    // Which process has a journal open is known by the real path only.
    options.onFolder({ runDirectory, journalPath: isForeign ? real : journalPath, isForeign })
  }

  const ownFoldersIn = (directory: string): string[] => {
    const runs = join(directory, 'runs')
    watchOnce(runs)
    // Those with a point are being removed.
    return listNames(runs).flatMap((name) => (name.startsWith('.') ? [] : [join(runs, name)]))
  }

  /** Run folders at and below a place, whatever of W&B's folders it is. */
  const wandbFoldersIn = (directory: string): string[] => {
    const names = listNames(directory)
    if (names.some((name) => journalName.test(name))) return [directory]
    return [directory, join(directory, 'wandb'), join(directory, '.wandb')].flatMap((place) => {
      const folders = (place === directory ? names : listNames(place)).filter((name) => wandbRunName.test(name))
      if (folders.length > 0) watchOnce(place)
      return folders.map((name) => join(place, name))
    })
  }

  const scanAfter = (delayMs: number): void => {
    if (isClosed) return
    clock.clearTimeout(timer)
    timer = clock.setTimeout(() => {
      scan()
      scanAfter(scanIntervalMs)
    }, delayMs)
  }

  const watchOnce = (directory: string): void => {
    if (watchers.has(directory)) return
    try {
      const watcher = watch(directory, { persistent: false }, () => scanAfter(settleMs))
      watcher.on('error', () => {
        watcher.close()
        watchers.delete(directory)
      })
      watchers.set(directory, watcher)
    } catch {
      // Not there yet, or no watches left: the interval finds new folders too.
    }
  }

  scan()
  scanAfter(scanIntervalMs)
  return {
    scan,
    close() {
      isClosed = true
      clock.clearTimeout(timer)
      for (const watcher of watchers.values()) watcher.close()
    },
  }
}

interface FoundFolder extends RunFolder {
  readonly writtenMs: number
}

function writtenMsOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    // A link that leads nowhere for now.
    return path
  }
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory).sort()
  } catch {
    return []
  }
}
