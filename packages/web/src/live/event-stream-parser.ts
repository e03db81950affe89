/** One server-sent event: its data and the id to resume from. */
export interface StreamMessage {
  readonly id: string | undefined
  readonly data: string
}

/** Turns text of a `text/event-stream`, cut anywhere, into messages. Give it pieces in order. */
export function createEventStreamParser(): { push(text: string): readonly StreamMessage[] } {
  let rest = ''
  let lastId: string | undefined
  let data: string[] = []
  return {
    push(text) {
      const messages: StreamMessage[] = []
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) messages.push({ id: lastId, data: data.join('\n') })
          data = []
          continue
        }
        const colon = line.indexOf(':')
        const field = colon < 0 ? line : line.slice(0, colon)
        const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
        if (field === 'data') data.push(value)
        else if (field === 'id') lastId = value
      }
      return messages
    },
  }
}
