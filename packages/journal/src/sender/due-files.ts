import type { SenderClock } from './clock.ts'
import type { RunUploads } from './uploads/run-uploads.ts'

const intervalMs = 10_000

/** Sees to it that files of a run are uploaded that no record names at the time: those that change, and the last ones. */
export interface DueFiles {
  /**
   * Adds those whose time has come.
   *
   * @param isEndQueued - An earlier sender, or an earlier call, has told the end, for which the last files come too late.
   */
  addDue(uploads: RunUploads, isEnded: boolean, isEndQueued: boolean): Promise<void>
  /** Adds those that belong to the end of a run. Further calls do nothing. */
  addLast(uploads: RunUploads): void
}

export function createDueFiles(clock: SenderClock): DueFiles {
  let hasLast = false
  let lastMs = clock.now()

  function addLast(uploads: RunUploads): void {
    if (!hasLast) uploads.addLastFiles()
    hasLast = true
  }

  return {
    async addDue(uploads, isEnded, isEndQueued) {
      if (isEnded && !hasLast) {
        if (isEndQueued) hasLast = true
        else addLast(uploads)
      } else if (clock.now() - lastMs >= intervalMs) {
        lastMs = clock.now()
        await uploads.addChangedFiles()
      }
    },
    addLast,
  }
}
