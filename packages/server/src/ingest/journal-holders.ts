import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'

/** Which journals W&B's client is writing on this machine. Its folders do not say which process writes them. */
export interface JournalHolders {
  /** Whether a writer of W&B's client has it open. False also where processes cannot be looked at. */
  isHeld(journalPath: string): Promise<boolean>
  /**
   * Whether no process of this machine, whatever its name, has had it open for writing since a time. False also where that
   * cannot be told: outside of Linux, and for the file of another user, whose processes do not show what they have open.
   *
   * @param sinceMs - Unix milliseconds at which whoever writes it had it open, if it is still being written.
   */
  isLeft(journalPath: string, sinceMs: number): Promise<boolean>
}

/** The process that writes the journals of W&B's client, but for versions before 0.18, where it is Python. */
const writerName = 'wandb-core'
const writersIntervalMs = 2_000
/** All processes of a machine may have 100,000 files open. */
const allIntervalMs = 10_000

/** What processes have open. */
interface OpenJournals {
  /** Journals that are open for writing. Names would not do: a container has others for the same file. */
  readonly files: ReadonlySet<string>
  /** Users of whose processes not all could be looked at. */
  readonly hiddenUsers: ReadonlySet<number>
  /** Whether processes can be seen at all. */
  readonly isKnown: boolean
}

/**
 * Looks through Linux's `/proc` for writers and the journals that they have open. Asking for many journals costs one look
 * every two seconds, and one at all processes every ten while it is asked whether some are left.
 */
export function createJournalHolders(clock: Clock): JournalHolders {
  const lookAtWriters = remember(clock, writersIntervalMs, () => findOpenJournals((name) => name === writerName))
  const lookAtAll = remember(clock, allIntervalMs, () => findOpenJournals(() => true))
  return {
    async isHeld(journalPath) {
      const { files } = await lookAtWriters()
      return files.size > 0 && files.has((await identify(journalPath))?.file ?? '')
    },
    async isLeft(journalPath, sinceMs) {
      const journal = await identify(journalPath)
      const ownUser = process.getuid?.()
      if (journal === undefined || (ownUser !== 0 && ownUser !== journal.user)) return false
      const { files, hiddenUsers, isKnown } = await lookAtAll(sinceMs)
      return isKnown && !hiddenUsers.has(journal.user) && !files.has(journal.file)
    },
  }
}

/** Does something at most once in an interval, unless the last time was before the time that it is asked about. */
function remember<Result>(
  clock: Clock,
  intervalMs: number,
  work: () => Promise<Result>,
): (sinceMs?: number) => Promise<Result> {
  let last: { readonly atMs: number; readonly result: Promise<Result> } | undefined
  return (sinceMs = 0) => {
    const nowMs = clock.now()
    if (last === undefined || nowMs - last.atMs >= intervalMs || last.atMs < sinceMs) {
      last = { atMs: nowMs, result: work() }
    }
    return last.result
  }
}

async function findOpenJournals(isAsked: (processName: string) => boolean): Promise<OpenJournals> {
  const files = new Set<string>()
  const hiddenUsers = new Set<number>()
  const processes = (await namesIn('/proc')) ?? []
  for (const pid of processes) {
    if (!/^\d+$/.test(pid)) continue
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
    if (!isAsked(name.trim())) continue
    const descriptors = await namesIn(`/proc/${pid}/fd`)
    if (descriptors === undefined) {
      // Not that of one that has ended.
      const user = (await stat(`/proc/${pid}`).catch(() => undefined))?.uid
      if (user !== undefined) hiddenUsers.add(user)
      continue
    }
    for (const descriptor of descriptors) {
      const link = join('/proc', pid, 'fd', descriptor)
      const path = await readlink(link).catch(() => '')
      if (!path.endsWith('.wandb') || !(await isForWriting(pid, descriptor))) continue
      const journal = await identify(link)
      if (journal !== undefined) files.add(journal.file)
    }
  }
  return { files, hiddenUsers, isKnown: processes.includes(String(process.pid)) }
}

/** `wandb sync` opens journals too, to read them. */
async function isForWriting(pid: string, descriptor: string): Promise<boolean> {
  const info = await readFile(join('/proc', pid, 'fdinfo', descriptor), 'utf8').catch(() => '')
  const flags = Number.parseInt(/^flags:\s*([0-7]+)/m.exec(info)?.[1] ?? '0', 8)
  return (flags & 3) !== 0
}

/** A file under whatever name. Undefined: there is none. */
async function identify(path: string): Promise<{ readonly file: string; readonly user: number } | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined)
  return found && { file: `${found.dev}:${found.ino}`, user: Number(found.uid) }
}

/** Undefined: a process that has ended, another user's, or a system without such a folder. */
async function namesIn(directory: string): Promise<string[] | undefined> {
  return readdir(directory).catch(() => undefined)
}
