import type { PageEvent } from '@lossline/protocol'
import { createEventStreamParser } from './event-stream-parser.ts'
import { type LiveStatus, retryDelayMs } from './live-status.ts'

/** What a connection tells its owner. */
export interface EventSourceHandlers {
  /** @param id - Of the last one that the server has sent, which it can go on after. */
  readonly onEvent: (event: PageEvent, id: string | undefined) => void
  readonly onStatus: (status: LiveStatus) => void
}

/** A connection that comes back by itself until closed. */
export interface EventConnection {
  /** Skips what is left of a wait. */
  retryNow(): void
  close(): void
}

/** Bytes may stop without an end (sleeping laptop, dropped tunnel); the server comments at least every 15 s. */
const silenceMaxMs = 45_000

/**
 * Reads `/api/events` for as long as it is open. Unlike the browser's EventSource it says when the next attempt is, resumes by
 * `Last-Event-ID` after its own restarts too, and notices a silent connection.
 *
 * @param after - Id of the event to go on after. Default: those from now on.
 */
export function openEventConnection(url: string, handlers: EventSourceHandlers, after?: string): EventConnection {
  const closing = new AbortController()
  let lastEventId = after
  let lostAtMs: number | undefined
  let wake: (() => void) | undefined

  async function connectOnce(): Promise<void> {
    const attempt = new AbortController()
    const stop = (): void => attempt.abort()
    closing.signal.addEventListener('abort', stop, { once: true })
    let silence = setTimeout(stop, silenceMaxMs)
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' }
      if (lastEventId !== undefined) headers['last-event-id'] = lastEventId
      const response = await fetch(url, { headers, signal: attempt.signal, cache: 'no-store' })
      if (!response.ok || !response.body) throw new Error(`status ${response.status}`)
      if (lostAtMs !== undefined && lastEventId === undefined) handlers.onEvent({ type: 'reset' }, undefined)
      lostAtMs = undefined
      handlers.onStatus({ kind: 'live' })
      const parser = createEventStreamParser()
      const decoder = new TextDecoder()
      const reader = response.body.getReader()
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        clearTimeout(silence)
        silence = setTimeout(stop, silenceMaxMs)
        for (const message of parser.push(decoder.decode(part.value, { stream: true }))) {
          lastEventId = message.id ?? lastEventId
          const event = parseEvent(message.data)
          if (event) handlers.onEvent(event, lastEventId)
        }
      }
    } finally {
      clearTimeout(silence)
      closing.signal.removeEventListener('abort', stop)
    }
  }

  function wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function run(): Promise<void> {
    for (let attempt = 0; !closing.signal.aborted; attempt++) {
      await connectOnce().catch(() => {})
      if (closing.signal.aborted) return
      // It had been live: start counting from the first attempt again.
      if (lostAtMs === undefined) attempt = 0
      lostAtMs ??= Date.now()
      const delayMs = retryDelayMs(attempt)
      handlers.onStatus({ kind: 'reconnecting', sinceMs: lostAtMs, retryAtMs: Date.now() + delayMs })
      await wait(delayMs)
    }
  }

  handlers.onStatus({ kind: 'connecting' })
  void run()
  return {
    retryNow: () => wake?.(),
    close() {
      closing.abort()
      wake?.()
    },
  }
}

/** An event of the stream, or undefined for what is not one. */
function parseEvent(data: string): PageEvent | undefined {
  try {
    const event: unknown = JSON.parse(data)
    const isEvent = typeof event === 'object' && event !== null && 'type' in event
    return isEvent ? (event as PageEvent) : undefined
  } catch {
    return undefined
  }
}
