import { LosslineError } from '@lossline/protocol'
import type { AskOptions, ServerConnection } from '../server/server-connection.ts'
import { UnsupportedByServerError } from './api-errors.ts'

/**
 * The connection of an Api, for all that it hands out: answers are waited for as long as the Api says, and a server whose
 * schema lacks something is said to lack it.
 */
export function limitAnswers(
  connection: ServerConnection,
  placeName: string,
  timeoutMs: number | undefined,
): ServerConnection {
  const limit = (options: AskOptions): AskOptions => {
    if (timeoutMs === undefined) return options
    return { ...options, timeoutMs: Math.min(timeoutMs, options.timeoutMs ?? timeoutMs) }
  }
  return {
    // That of a local server may change.
    get baseUrl() {
      return connection.baseUrl
    },
    get pageBaseUrl() {
      return connection.pageBaseUrl
    },
    placeName: connection.placeName,
    async graphql(operationName, query, variables, options = {}) {
      try {
        return await connection.graphql(operationName, query, variables, limit(options))
      } catch (error) {
        throw isUnknownField(error) ? new UnsupportedByServerError(`"${operationName}"`, placeName, error) : error
      }
    },
    fetch: (url, init) => connection.fetch(url, init),
    close: () => connection.close(),
    [Symbol.asyncDispose]: () => connection.close(),
  }
}

/** Whether a server says that its schema lacks something of the document. */
function isUnknownField(error: unknown): boolean {
  return (
    LosslineError.isInstance(error) &&
    /Cannot query field|Unknown (argument|type|directive)|is not defined by type/.test(error.message)
  )
}
