import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '@lossline/store'
import type { Clock } from '../clock.ts'
import { ServerError } from '../errors.ts'
import { findRunningServer } from './server-file.ts'
import { handOverPath } from './temporary-end.ts'

/** The right to be the one writer of a store, renewed while it is held. */
export interface WriterLease {
  release(): Promise<void>
}

export interface AcquireWriterLeaseOptions {
  readonly store: Store
  readonly clock: Clock
  readonly dataDirectory: string
  /** Unique for each server. */
  readonly owner: string
  /** A temporary server makes room for others, and takes nobody's place. */
  readonly isTemporary: boolean
  /** Writes `server.json`; called with the lease held, before any other server can look. */
  readonly announce: () => Promise<void>
  /** Called once when the lease could not be renewed in time: another server may write now. */
  readonly onLost: () => void
}

const writerLease = { name: 'writer', durationMs: 15_000 }
const startLease = { name: 'writer-start', durationMs: 2_000 }
const renewalIntervalMs = 5_000
const startAttemptCount = 30
const startAttemptIntervalMs = 100
/** A temporary server gets so long to finish what it is at. */
const handOverMsMax = 15_000
const handOverPollMs = 25

/**
 * Takes the lease. Servers that start together take turns under a second one, so that the first has written `server.json`
 * before the next looks: whoever then finds the lease taken and no living process behind it knows that its holder was
 * killed, and takes over at once instead of waiting.
 *
 * @throws {@link ServerError} `server-already-running` when a living server holds it.
 */
export async function acquireWriterLease(options: AcquireWriterLeaseOptions): Promise<WriterLease> {
  const { store, clock, owner, dataDirectory } = options
  const acquire = (lease: { name: string; durationMs: number }, pretendedNowMs = clock.now()): Promise<boolean> =>
    store.acquireLease({ name: lease.name, owner, untilMs: clock.now() + lease.durationMs, nowMs: pretendedNowMs })

  for (let attempt = 1; !(await acquire(startLease)); attempt++) {
    if (attempt === startAttemptCount) throw alreadyRunning(dataDirectory)
    await sleep(startAttemptIntervalMs)
  }
  try {
    const isFree = await acquire(writerLease)
    // With the clock put forward, the dead holder's lease has run out as far as the store can tell.
    const takeFromTheDead = async (): Promise<boolean> =>
      findRunningServer(dataDirectory) === undefined &&
      (await acquire(writerLease, clock.now() + writerLease.durationMs))
    const waitForRoom = async (): Promise<boolean> => {
      const deadlineMs = clock.now() + handOverMsMax
      for (let running = findRunningServer(dataDirectory); running?.isTemporary && clock.now() < deadlineMs; ) {
        await askToHandOver(running.url)
        await sleep(handOverPollMs)
        await acquire(startLease)
        if (await acquire(writerLease)) return true
        running = findRunningServer(dataDirectory)
      }
      return takeFromTheDead()
    }
    const isOurs = isFree || (await takeFromTheDead()) || (!options.isTemporary && (await waitForRoom()))
    if (!isOurs) throw alreadyRunning(dataDirectory)
    await options.announce()
  } finally {
    await store.releaseLease({ name: startLease.name, owner })
  }

  let timer: unknown
  let isReleased = false
  const renewLater = (): void => {
    timer = clock.setTimeout(() => {
      acquire(writerLease).then(
        (isHeld) => {
          if (isReleased) return
          if (isHeld) renewLater()
          else options.onLost()
        },
        // A full disk, say: the lease may still hold, and the next renewal will tell.
        () => isReleased || renewLater(),
      )
    }, renewalIntervalMs)
  }
  renewLater()
  return {
    async release() {
      isReleased = true
      clock.clearTimeout(timer)
      await store.releaseLease({ name: writerLease.name, owner })
    },
  }
}

/** One that is about to end may not answer any more. */
async function askToHandOver(url: string): Promise<void> {
  const signal = AbortSignal.timeout(startLease.durationMs / 2)
  await fetch(`${url}${handOverPath}`, { method: 'POST', signal }).then(
    (response) => response.body?.cancel(),
    () => {},
  )
}

function alreadyRunning(dataDirectory: string): ServerError {
  const running = findRunningServer(dataDirectory)
  return new ServerError({
    code: 'server-already-running',
    message: `Another server uses ${dataDirectory}${running ? `: ${running.url} (process ${running.pid})` : ''}.`,
    hint: 'Use that one, stop it, or give this one another data directory.',
  })
}
