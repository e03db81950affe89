import type { PageEvent } from '@lossline/protocol'
import type { LiveChannel } from './live-channel.ts'
import type { LiveStatus } from './live-status.ts'

/** Events of the server, for as long as somebody wants to follow them. */
export interface PausableChannel extends LiveChannel {
  /** Holds events back. Nothing on the page changes by itself until {@link PausableChannel.resume}. */
  pause(): void
  /** Goes on; what has happened meanwhile is asked for at once. */
  resume(): void
}

/** The same channel for this tab alone, which can be held. */
export function createPausableChannel(channel: LiveChannel): PausableChannel {
  const eventListeners = new Set<(event: PageEvent) => void>()
  const statusListeners = new Set<() => void>()
  // One object for as long as it is paused: those who subscribe compare by identity.
  let paused: Extract<LiveStatus, { kind: 'paused' }> | undefined
  let hasMissed = false
  const deliver = (event: PageEvent): void => {
    if (paused) hasMissed = true
    else for (const listener of eventListeners) listener(event)
  }
  const tell = (): void => {
    for (const listener of statusListeners) listener()
  }
  channel.onEvent(deliver)
  channel.onStatus(tell)
  return {
    // A lost connection is news even to somebody who looks at old data.
    status: () => (paused && channel.status().kind === 'live' ? paused : channel.status()),
    onEvent(listener) {
      eventListeners.add(listener)
      return () => eventListeners.delete(listener)
    },
    onStatus(listener) {
      statusListeners.add(listener)
      return () => statusListeners.delete(listener)
    },
    pause() {
      paused ??= { kind: 'paused', sinceMs: Date.now() }
      tell()
    },
    resume() {
      if (!paused) return
      paused = undefined
      if (hasMissed) deliver({ type: 'reset' })
      hasMissed = false
      tell()
    },
    retryNow: () => channel.retryNow(),
    close: () => channel.close(),
  }
}
