import type { EngineMessage } from '../engine/messages.ts'
import type { RowItem } from '../media/row-item.ts'
import { estimatePlainBytes } from './plain-bytes.ts'

// What a message costs beside its texts, in the queue between two threads.
const fixedBytes = 256

/** Roughly how much memory a message takes, for back-pressure. */
export function estimateMessageBytes(message: EngineMessage): number {
  switch (message.kind) {
    case 'row':
      return fixedBytes + sumOf(message.items)
    case 'summary':
      return fixedBytes + sumOf(message.update) + estimatePlainBytes(message.remove)
    case 'record':
      return fixedBytes + estimatePlainBytes(message.body)
    case 'metric':
      return fixedBytes + estimatePlainBytes(message.metric)
    case 'earlier':
      return fixedBytes + estimatePlainBytes(message.earlier)
    case 'shape':
      return fixedBytes + estimatePlainBytes(message.paths)
    case 'commit':
    case 'request':
      return fixedBytes
    default:
      return assertNever(message)
  }
}

// What a leaf costs beside its text: most have short paths.
const leafBytes = 64

function sumOf(items: readonly RowItem[]): number {
  let bytes = 0
  for (const item of items) bytes += 'json' in item ? leafBytes + item.json.length : estimatePlainBytes(item)
  return bytes
}

function assertNever(value: never): never {
  throw new Error(`Unknown message ${JSON.stringify(value)}`)
}
