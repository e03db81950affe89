import type { MediaItem } from '../media/media-snapshot.ts'
import type { JournalProblem } from './run-writer.ts'

/**
 * What is said of a media value that could not be kept.
 *
 * @param column - Set when it is a cell of a table, of which the rest is kept.
 */
export function describeMediaFailure({ path }: MediaItem, error: unknown, column?: string): JournalProblem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const why = error instanceof Error ? error.message : String(error)
  const isFull = code === 'ENOSPC' || code === 'EDQUOT'
  return {
    reason: 'media-failed',
    message:
      column === undefined
        ? `"${path.join('.')}" was left out of its row: ${why}`
        : `A cell of column "${column}" was left out of the table "${path.join('.')}": ${why}`,
    ...(isFull ? { hint: 'Free some space: the media of later rows are tried again.' } : {}),
    droppedRowCount: 0,
  }
}
