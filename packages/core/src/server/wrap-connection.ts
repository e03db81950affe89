import type { ServerConnection } from './server-connection.ts'

/** A connection that asks or fetches in another way, and is the given one in all else. */
export function wrapConnection(
  connection: ServerConnection,
  replaced: Partial<Pick<ServerConnection, 'graphql' | 'fetch'>>,
): ServerConnection {
  return {
    // That of a local server may change.
    get baseUrl() {
      return connection.baseUrl
    },
    get pageBaseUrl() {
      return connection.pageBaseUrl
    },
    placeName: connection.placeName,
    graphql: (operationName, query, variables, options) => connection.graphql(operationName, query, variables, options),
    fetch: (url, init) => connection.fetch(url, init),
    close: () => connection.close(),
    [Symbol.asyncDispose]: () => connection.close(),
    ...replaced,
  }
}
