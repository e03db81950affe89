/** The part of BroadcastChannel that the election uses. */
export interface ElectionChannel {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent) => void) | null
}

/** A tab's membership in an election; `resign` on leaving. */
export interface Election {
  resign(): void
}

interface Beat {
  readonly type: 'beat' | 'resign'
  readonly tabId: string
}

/** How often a leader says that it is there, and after how much silence another tab takes over. */
const beatIntervalMs = 1000
const silenceMaxMs = 3000

/**
 * One leader among the tabs of an origin, by Web Locks: the browser hands the lock on when its holder goes.
 * `lead` is called once, when this tab becomes the leader.
 */
export function electByLocks(locks: LockManager, name: string, lead: () => void): Election {
  const leaving = new AbortController()
  let release: (() => void) | undefined
  locks
    .request(name, { signal: leaving.signal }, () => {
      lead()
      return new Promise<void>((resolve) => {
        release = resolve
      })
    })
    .catch(() => {
      // Aborted while waiting for the lock: this tab left before its turn.
    })
  return {
    resign() {
      leaving.abort()
      release?.()
    },
  }
}

/**
 * The same where Web Locks are missing (plain http on a LAN address): the leader beats once a second, and after three seconds of
 * silence the others take over. When two lead, the smaller tab id stays; `yieldLead` tells the other to stop.
 */
export function electByHeartbeat(
  channel: ElectionChannel,
  tabId: string,
  lead: () => void,
  yieldLead: () => void,
): Election {
  let isLeader = false
  let heardAtMs = Date.now()
  const beat = (): void => channel.postMessage({ type: 'beat', tabId } satisfies Beat)
  const takeOver = (): void => {
    isLeader = true
    lead()
    beat()
  }
  channel.onmessage = ({ data }: MessageEvent<Beat>) => {
    if (data.type === 'resign') {
      heardAtMs = Date.now() - silenceMaxMs
      return
    }
    if (isLeader && tabId < data.tabId) return beat()
    if (isLeader) yieldLead()
    isLeader = false
    heardAtMs = Date.now()
  }
  // Tabs that start together must not all take over in the same tick: the id decides who is first.
  const patienceMs = silenceMaxMs + (hash(tabId) % 1000)
  const timer = setInterval(() => {
    if (isLeader) beat()
    else if (Date.now() - heardAtMs >= patienceMs) takeOver()
  }, beatIntervalMs / 2)
  return {
    resign() {
      clearInterval(timer)
      channel.onmessage = null
      if (isLeader) channel.postMessage({ type: 'resign', tabId } satisfies Beat)
    },
  }
}

function hash(text: string): number {
  let value = 0
  for (const character of text) value = (value * 31 + (character.codePointAt(0) as number)) >>> 0
  return value
}
