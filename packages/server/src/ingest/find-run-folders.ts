import { type FSWatcher, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'

/** A folder with a journal in it. */
export interface RunFolder {
  readonly runDirectory: string
  readonly journalPath: string
}

export interface FindRunFoldersOptions {
  /** `.lossline` directories; their `runs/` need not exist yet. */
  readonly directories: readonly string[]
  readonly clock: Clock
  /** Called once for each folder. */
  readonly onFolder: (folder: RunFolder) => void
}

/** Notices new folders where the file system does not tell (network drives), or where `runs/` did not exist yet. */
const scanIntervalMs = 1000
/** A new folder is told about before its journal is in it. */
const settleMs = 30

const journalName = /^run-.+\.wandb$/

/** Looks for run folders, at once and for as long as it is not closed. */
export function findRunFolders(options: FindRunFoldersOptions): { scan(): void; close(): void } {
  const { clock } = options
  const known = new Set<string>()
  const watchers = new Map<string, FSWatcher>()
  let timer: unknown
  let isClosed = false

  const scan = (): void => {
    for (const directory of options.directories) {
      const runs = join(directory, 'runs')
      for (const name of listNames(runs)) {
        // A folder that is being removed.
        if (name.startsWith('.')) continue
        const runDirectory = join(runs, name)
        if (known.has(runDirectory)) continue
        const journal = listNames(runDirectory).find((file) => journalName.test(file))
        if (journal === undefined) continue
        known.add(runDirectory)
        options.onFolder({ runDirectory, journalPath: join(runDirectory, journal) })
      }
      watchOnce(runs)
    }
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

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory).sort()
  } catch {
    return []
  }
}
