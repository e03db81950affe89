import type { EngineMessage, RowItem } from '../engine/messages.ts'
import { estimateTableBytes } from '../tables/map-table.ts'

// What a message costs beside its texts, in the queue between two threads.
const fixedBytes = 256

// What a media item costs here; its data waits in memory of its own, which has a bound of its own.
const mediaItemBytes = 512

/** Roughly how much memory a message takes, for back-pressure. */
export function estimateMessageBytes(message: EngineMessage): number {
  switch (message.kind) {
    case 'row':
      return message.items.reduce((bytes, item) => bytes + bytesOf(item), fixedBytes)
    case 'record':
      return message.body.kind === 'outputRaw' ? fixedBytes + (message.body.outputRaw.line?.length ?? 0) : fixedBytes
    default:
      return fixedBytes
  }
}

function bytesOf(item: RowItem): number {
  if ('json' in item) return item.json.length + 32
  return mediaItemBytes + (item.media.kind === 'table' ? estimateTableBytes(item.media) : 0)
}
