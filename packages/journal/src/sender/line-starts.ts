import type { FileStreamRequest } from '@lossline/protocol'

/** Number of a journal's first line among the lines of its run, by kind. */
export interface LineStarts {
  readonly history: number
  readonly events: number
  readonly console: number
}

/** Nothing comes before. */
export const noStarts: LineStarts = { history: 0, events: 0, console: 0 }

/** The files of a request with their lines at their place in the run. */
export function moveLines(
  files: NonNullable<FileStreamRequest['files']>,
  starts: LineStarts,
): NonNullable<FileStreamRequest['files']> {
  const byName: Readonly<Record<string, number>> = {
    'wandb-history.jsonl': starts.history,
    'wandb-events.jsonl': starts.events,
    'output.log': starts.console,
  }
  return Object.fromEntries(
    Object.entries(files).map(([name, chunk]) => [name, { ...chunk, offset: chunk.offset + (byName[name] ?? 0) }]),
  )
}
