import type { JsonObject } from '@lossline/protocol'

/** Where to ask: a server by its address, or whatever serves a data folder. */
export type ServerPlace =
  | { readonly kind: 'remote'; readonly baseUrl: string; readonly apiKey: string | undefined }
  | { readonly kind: 'local'; readonly dataDirectory: string }

/** Options of one question to a server. */
export interface AskOptions {
  readonly signal?: AbortSignal
  /** Longest wait for an answer, attempts included. Default 60,000 ms. */
  readonly timeoutMs?: number
}

/**
 * A way to ask a server that speaks W&B's protocol. Questions are tried again while the server is away, and end with an
 * error after a bounded time. Closing it does not end a server that others use.
 */
export interface ServerConnection extends AsyncDisposable {
  /** Address of the server, without a slash at its end. A local server's may change while the connection is open. */
  readonly baseUrl: string
  /** Address whose pages people can open; `undefined` for a server that is only up for the program's questions. */
  readonly pageBaseUrl: string | undefined
  /** The server in words for a message: its address, or the data folder that it serves. */
  readonly placeName: string
  /**
   * Sends a GraphQL document and returns its data.
   *
   * @throws {@link ServerRequestError} when the server refuses, or does not answer in time.
   */
  graphql(operationName: string, query: string, variables: JsonObject, options?: AskOptions): Promise<JsonObject>
  /**
   * Fetches an address that a server gave out. One on the server itself is sent with the credentials if
   * `withCredentials` is set; signed addresses of others never are.
   */
  fetch(url: string, init?: RequestInit & { readonly withCredentials?: boolean }): Promise<Response>
  close(): Promise<void>
}
