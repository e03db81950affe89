// Longer texts make tables slow to open; the whole text is the caller's.
const charactersMax = 10_000

/** A text as a cell: cut after 10,000 characters. */
export function toTextCell(text: string): string {
  return text.length <= charactersMax ? text : `${text.slice(0, charactersMax)}…`
}

/** Anything as text: messages of a chat one a line, other objects as JSON. */
export function describeText(value: unknown): string {
  if (typeof value === 'string') return toTextCell(value)
  if (isChat(value)) return toTextCell(value.map(({ role, content }) => `${role}: ${toText(content)}`).join('\n'))
  return toTextCell(toText(value))
}

/** A message of a chat. */
export interface ChatMessage {
  readonly role: string
  readonly content: unknown
}

/** Whether something is a list of messages. */
export function isChat(value: unknown): value is readonly ChatMessage[] {
  if (!Array.isArray(value) || value.length === 0) return false
  return value.every(
    (message) => typeof message === 'object' && message !== null && 'role' in message && 'content' in message,
  )
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof URL) return value.href
  try {
    return JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? Number(member) : member)) ?? String(value)
  } catch {
    return String(value)
  }
}
