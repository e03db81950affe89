import { LosslineError } from '@lossline/protocol'

/** Codes of {@link ServerError}; `docs/errors.md` says what to do about each. */
export type ServerErrorCode =
  | 'invalid-request'
  | 'request-too-large'
  | 'unsupported-operation'
  | 'unauthorized'
  | 'host-refused'
  | 'origin-refused'
  | 'not-found'
  | 'invalid-state-transition'
  | 'internal'
  | 'address-not-loopback'
  | 'address-in-use'
  | 'server-already-running'

/** What the server's rules refuse, and what keeps it from starting. */
export class ServerError extends LosslineError {
  override readonly name: string = 'ServerError'
  declare readonly code: ServerErrorCode

  constructor(options: {
    readonly code: ServerErrorCode
    readonly message: string
    readonly hint?: string
    readonly cause?: unknown
  }) {
    super(options)
  }
}

/** HTTP status of an error. Whatever is not ours is a fault of the server. */
export function toHttpStatus(error: unknown): 400 | 401 | 403 | 404 | 413 | 422 | 500 | 503 {
  if (!(error instanceof ServerError)) return 500
  switch (error.code) {
    case 'invalid-request':
    case 'unsupported-operation':
      return 400
    case 'unauthorized':
      return 401
    case 'host-refused':
    case 'origin-refused':
      return 403
    case 'not-found':
      return 404
    case 'request-too-large':
      return 413
    case 'invalid-state-transition':
      return 422
    case 'server-already-running':
      return 503
    case 'internal':
    case 'address-not-loopback':
    case 'address-in-use':
      return 500
    default:
      return assertNever(error.code)
  }
}

/** Breaks the build when a union has a member that a `switch` forgets. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${String(value)}`)
}
