import type { EngineMessage } from '../engine/messages.ts'

// What a message costs beside its texts, in the queue between two threads.
const fixedBytes = 256

/** Roughly how much memory a message takes, for back-pressure. */
export function estimateMessageBytes(message: EngineMessage): number {
  switch (message.kind) {
    case 'row':
      return message.items.reduce((bytes, item) => bytes + item.json.length + 32, fixedBytes)
    case 'record':
      return message.body.kind === 'outputRaw' ? fixedBytes + (message.body.outputRaw.line?.length ?? 0) : fixedBytes
    default:
      return fixedBytes
  }
}
