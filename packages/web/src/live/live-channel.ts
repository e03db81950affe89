import type { PageEvent } from '@lossline/protocol'
import { type EventConnection, type EventSourceHandlers, openEventConnection } from './event-source.ts'
import { type Election, electByHeartbeat, electByLocks } from './leader-election.ts'
import type { LiveStatus } from './live-status.ts'

/** What tabs say to each other. With the id of the last event any of them can go on where the leading tab has stopped. */
type TabMessage =
  | { readonly type: 'event'; readonly event: PageEvent; readonly lastEventId: string | undefined }
  | { readonly type: 'status'; readonly status: LiveStatus; readonly lastEventId: string | undefined }
  | { readonly type: 'ask-status' }
  | { readonly type: 'retry' }

/** Events of the server, shared by all tabs of the browser. */
export interface LiveChannel {
  status(): LiveStatus
  onEvent(listener: (event: PageEvent) => void): () => void
  onStatus(listener: () => void): () => void
  retryNow(): void
  close(): void
}

/**
 * One stream per browser, not per tab: HTTP/1.1 allows six connections to a host, so seven open tabs would leave none for data.
 * The leading tab reads the stream and relays it over a BroadcastChannel.
 */
export function openLiveChannel(url = '/api/events'): LiveChannel {
  const channel = new BroadcastChannel('lossline-live')
  const eventListeners = new Set<(event: PageEvent) => void>()
  const statusListeners = new Set<() => void>()
  let status: LiveStatus = { kind: 'connecting' }
  let connection: EventConnection | undefined
  let lastEventId: string | undefined

  const deliver = (event: PageEvent): void => {
    for (const listener of eventListeners) listener(event)
  }
  const setStatus = (next: LiveStatus): void => {
    status = next
    for (const listener of statusListeners) listener()
  }
  const send = (message: TabMessage): void => channel.postMessage(message)

  function lead(): void {
    const handlers: EventSourceHandlers = {
      onEvent: (event, id) => {
        lastEventId = id
        deliver(event)
        send({ type: 'event', event, lastEventId })
      },
      onStatus: (next) => {
        setStatus(next)
        send({ type: 'status', status: next, lastEventId })
      },
    }
    connection = openEventConnection(url, handlers, lastEventId)
  }
  function yieldLead(): void {
    connection?.close()
    connection = undefined
  }

  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    switch (data.type) {
      case 'event':
        lastEventId = data.lastEventId
        return deliver(data.event)
      case 'status':
        lastEventId = data.lastEventId
        return setStatus(data.status)
      case 'ask-status':
        return connection && send({ type: 'status', status, lastEventId })
      case 'retry':
        return connection?.retryNow()
    }
  }
  const election = elect(lead, yieldLead)
  send({ type: 'ask-status' })

  return {
    status: () => status,
    onEvent(listener) {
      eventListeners.add(listener)
      return () => eventListeners.delete(listener)
    },
    onStatus(listener) {
      statusListeners.add(listener)
      return () => statusListeners.delete(listener)
    },
    retryNow() {
      if (connection) connection.retryNow()
      else send({ type: 'retry' })
    },
    close() {
      election.resign()
      yieldLead()
      channel.close()
    },
  }
}

function elect(lead: () => void, yieldLead: () => void): Election {
  const name = 'lossline-live-leader'
  // Missing on plain http beyond localhost, whatever the type says.
  const locks = navigator.locks as LockManager | undefined
  if (locks) return electByLocks(locks, name, lead)
  const channel = new BroadcastChannel(name)
  const election = electByHeartbeat(channel, tabId(), lead, yieldLead)
  return {
    resign() {
      election.resign()
      channel.close()
    },
  }
}

/** `crypto.randomUUID` is missing on plain http too. */
function tabId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('')
}
