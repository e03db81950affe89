import type { JournalProblem } from '../writer/run-writer.ts'
import type { MediaItem } from './media-snapshot.ts'

/** What is said of a media value that could not be kept. */
export function describeMediaFailure(item: MediaItem, error: unknown): JournalProblem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const why = error instanceof Error ? error.message : String(error)
  const isFull = code === 'ENOSPC' || code === 'EDQUOT'
  return {
    reason: 'media-failed',
    message: `"${item.path.join('.')}" was left out of its row: ${why}`,
    ...(isFull ? { hint: 'Free some space: the media of later rows are tried again.' } : {}),
    droppedRowCount: 0,
  }
}
