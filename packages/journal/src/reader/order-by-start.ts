import { basename, dirname } from 'node:path'

/** What tells the place of a run folder among others. */
export interface StartedFolder {
  readonly journalPath: string
  /** When the journal was last written, milliseconds since 1970. */
  readonly writtenMs: number
}

/**
 * Folders in the order in which runs began, and those of a run that was resumed in theirs. Names tell it to the second. Within one,
 * folders of a run are numbered; of runs after each other only the times of writing tell, which a copy may not have kept. Folders
 * with other names come last.
 */
export function orderByStart<Folder extends StartedFolder>(folders: readonly Folder[]): Folder[] {
  const numbered = folders
    .map((folder) => ({ folder, ...readName(folder.journalPath) }))
    .sort((one, other) => one.part - other.part)
  // A later part of a run never counts as older than those before it, so that the order has no circles.
  const lastWritten = new Map<string, number>()
  const placed = numbered.map((one) => {
    const name = `${one.start} ${one.runId}`
    const writtenMs = Math.max(one.folder.writtenMs, lastWritten.get(name) ?? 0)
    lastWritten.set(name, writtenMs)
    return { ...one, writtenMs }
  })
  placed.sort((one, other) => {
    if (one.start !== other.start) return one.start < other.start ? -1 : 1
    return one.writtenMs - other.writtenMs || one.part - other.part
  })
  return placed.map(({ folder }) => folder)
}

/** `20261124_101500`, `uploads` and 1 of `offline-run-20261124_101500-uploads-1/run-uploads.wandb`. */
function readName(journalPath: string): { readonly start: string; readonly runId: string; readonly part: number } {
  const runId = basename(journalPath).replace(/^run-|\.wandb$/g, '')
  const match = /(\d{8}_\d{6})-(.+)$/.exec(basename(dirname(journalPath)))
  const [, start = 'unknown', name = ''] = match ?? []
  const part = name.startsWith(`${runId}-`) ? Number(name.slice(runId.length + 1)) : 0
  return { start, runId, part: Number.isFinite(part) ? part : 0 }
}
