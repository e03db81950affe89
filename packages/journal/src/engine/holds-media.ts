import type { EngineMessage } from './messages.ts'

/** Whether a message brings media. */
export function holdsMedia(message: EngineMessage): boolean {
  switch (message.kind) {
    case 'row':
      return message.items.some((item) => 'media' in item)
    case 'summary':
      return message.update.some((item) => 'media' in item)
    default:
      return false
  }
}
