import type { OptionNames } from '../options/check-options.ts'
import { pause } from '../server/pause.ts'
import type { ServerConnection } from '../server/server-connection.ts'
import { maybeFetchById, maybeFetchServerId } from './artifact-api.ts'
import { ArtifactError } from './artifact-error.ts'
import type { VersionFacts } from './version-facts.ts'

/** How long to wait for a version. */
export interface WaitOptions {
  /** Default 60,000. */
  readonly timeoutMs?: number | undefined
  /** Gives the waiting up; the version is uploaded all the same. */
  readonly signal?: AbortSignal | undefined
}

/** @internal */
export const waitOptionNames: OptionNames<WaitOptions> = { timeoutMs: true, signal: true }

export const waitTimeoutMsDefault = 60_000
const firstPauseMs = 10
const pauseMsMax = 500

/**
 * Asks a server until it has committed a version, given by one of its ids.
 *
 * @throws {@link ArtifactError} `artifact-timeout`; {@link ServerRequestError}; the signal's reason.
 */
export async function waitForVersion(options: {
  readonly connection: ServerConnection
  /** Of a version that was logged here. */
  readonly clientId?: string
  /** Of a version that was found. */
  readonly serverId?: string
  readonly name: string
  readonly deadlineMs: number
  readonly signal: AbortSignal | undefined
  /** Why the version will never be there, if that is known by now. */
  findFailure?(): ArtifactError | undefined
}): Promise<VersionFacts> {
  const { connection, clientId, name, deadlineMs, signal } = options
  let pauseMs = firstPauseMs
  let { serverId } = options
  for (;;) {
    signal?.throwIfAborted()
    const remainingMs = deadlineMs - Date.now()
    if (remainingMs <= 0) throw tooLate(name)
    const ask = { timeoutMs: remainingMs, ...(signal === undefined ? {} : { signal }) }
    let facts: VersionFacts | undefined
    try {
      if (serverId === undefined && clientId !== undefined)
        serverId = await maybeFetchServerId(connection, clientId, ask)
      facts = serverId === undefined ? undefined : await maybeFetchById(connection, serverId, ask)
    } catch (error) {
      signal?.throwIfAborted()
      // A question that nobody answered in the time that was left.
      throw Date.now() >= deadlineMs ? tooLate(name, error) : error
    }
    if (facts !== undefined && facts.state !== 'pending') return facts
    const failure = options.findFailure?.()
    if (failure !== undefined) throw failure
    await pause(Math.min(pauseMs, Math.max(0, deadlineMs - Date.now())), signal)
    pauseMs = Math.min(pauseMsMax, pauseMs * 2)
  }
}

export function tooLate(name: string, cause?: unknown): ArtifactError {
  return new ArtifactError({
    code: 'artifact-timeout',
    message: `Artifact "${name}" is not on the server yet, and the time to wait for it is over.`,
    hint: 'It stays queued. Allow more time with timeoutMs, or check that the server is up.',
    cause,
  })
}

/** A promise with a deadline that can be given up. Keeps the process alive while it waits. */
export async function before<Value>(
  promise: Promise<Value>,
  { deadlineMs, signal, name }: { deadlineMs: number; signal: AbortSignal | undefined; name: string },
): Promise<Value> {
  let end = (): void => {}
  const ended = new Promise<never>((_resolve, reject) => {
    const onAbort = (): void => reject(signal?.reason)
    const timer = setTimeout(() => reject(tooLate(name)), Math.max(0, deadlineMs - Date.now()))
    signal?.addEventListener('abort', onAbort, { once: true })
    end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
  })
  try {
    return await Promise.race([promise, ended])
  } finally {
    end()
  }
}
