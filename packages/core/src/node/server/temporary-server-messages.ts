/** What the worker of a temporary server is started with. */
export interface TemporaryServerStart {
  readonly dataDirectory: string
}

/** The one message of that worker: whether there is a server. */
export type TemporaryServerMessage =
  | { readonly kind: 'listening'; readonly url: string }
  /** Another server holds the folder. */
  | { readonly kind: 'taken' }
  /** The package with the server is not installed. */
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string; readonly hint?: string }
