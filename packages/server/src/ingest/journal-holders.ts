import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'

/** Which journals W&B's client is writing on this machine. Its folders do not say which process writes them. */
export interface JournalHolders {
  /** @param journalPath - Without symbolic links. False also where processes cannot be looked at. */
  isHeld(journalPath: string): Promise<boolean>
}

/** The process that writes the journals of W&B's client. */
const writerName = 'wandb-core'
const scanIntervalMs = 2_000

/**
 * Looks through Linux's `/proc` for writers and the journals that they have open; elsewhere nothing is ever held. Asking
 * for many journals costs one look every two seconds.
 */
export function createJournalHolders(clock: Clock): JournalHolders {
  let held: Promise<ReadonlySet<string>> | undefined
  let heldAtMs = Number.NEGATIVE_INFINITY
  return {
    async isHeld(journalPath) {
      const nowMs = clock.now()
      if (held === undefined || nowMs - heldAtMs >= scanIntervalMs) {
        heldAtMs = nowMs
        held = findHeldJournals()
      }
      return (await held).has(journalPath)
    },
  }
}

async function findHeldJournals(): Promise<ReadonlySet<string>> {
  const held = new Set<string>()
  for (const pid of await namesIn('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
    if (name.trim() !== writerName) continue
    for (const descriptor of await namesIn(`/proc/${pid}/fd`)) {
      const path = await readlink(join('/proc', pid, 'fd', descriptor)).catch(() => '')
      if (path.endsWith('.wandb') && (await isForWriting(pid, descriptor))) held.add(path)
    }
  }
  return held
}

/** `wandb sync` opens journals too, to read them. */
async function isForWriting(pid: string, descriptor: string): Promise<boolean> {
  const info = await readFile(join('/proc', pid, 'fdinfo', descriptor), 'utf8').catch(() => '')
  const flags = Number.parseInt(/^flags:\s*([0-7]+)/m.exec(info)?.[1] ?? '0', 8)
  return (flags & 3) !== 0
}

async function namesIn(directory: string): Promise<string[]> {
  // A process that has ended, another user's, or a system without such a folder.
  return readdir(directory).catch(() => [])
}
