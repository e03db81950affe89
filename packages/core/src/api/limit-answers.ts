import { LosslineError } from '@lossline/protocol'
import type { AskOptions, ServerConnection } from '../server/server-connection.ts'
import { wrapConnection } from '../server/wrap-connection.ts'
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
  return wrapConnection(connection, {
    async graphql(operationName, query, variables, options = {}) {
      try {
        return await connection.graphql(operationName, query, variables, limit(options))
      } catch (error) {
        throw isUnknownField(error) ? new UnsupportedByServerError(`"${operationName}"`, placeName, error) : error
      }
    },
  })
}

/** Whether a server says that its schema lacks something of the document. */
function isUnknownField(error: unknown): boolean {
  return (
    LosslineError.isInstance(error) &&
    /Cannot query field|Unknown (argument|type|directive)|is not defined by type/.test(error.message)
  )
}
