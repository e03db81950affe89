import type { ServerConnection } from './server-connection.ts'
import { wrapConnection } from './wrap-connection.ts'

/**
 * A connection on behalf of one call of the user's: its questions end with the call's signal, and then throw the signal's
 * reason, as everywhere in JavaScript.
 */
export function withSignal(connection: ServerConnection, signal: AbortSignal | undefined): ServerConnection {
  if (signal === undefined) return connection
  const orReason = <Answer>(answer: Promise<Answer>): Promise<Answer> =>
    answer.catch((error: unknown) => {
      signal.throwIfAborted()
      throw error
    })
  return wrapConnection(connection, {
    graphql(operationName, query, variables, options = {}) {
      const own = { ...options, signal: joinSignals(signal, options.signal) ?? signal }
      return orReason(connection.graphql(operationName, query, variables, own))
    },
    fetch(url, init = {}) {
      const own = { ...init, signal: joinSignals(signal, init.signal ?? undefined) ?? signal }
      return orReason(connection.fetch(url, own))
    },
  })
}

/** A signal that aborts when one of two does. */
export function joinSignals(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  if (one === undefined || other === undefined || one === other) return one ?? other
  return AbortSignal.any([one, other])
}

/** A promise that need not be waited for any longer than a signal says. What it stands for goes on. */
export async function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise
  // Nobody may be waiting for it any more.
  promise.catch(() => {})
  signal.throwIfAborted()
  let onAbort = (): void => {}
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
