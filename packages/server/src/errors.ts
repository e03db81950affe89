import { LosslineError } from '@lossline/protocol'
import { StoreError, type StoreErrorCode } from '@lossline/store'

/** Codes of {@link ServerError}; `docs/errors.md` says what to do about each. */
export type ServerErrorCode =
  | 'invalid-request'
  | 'request-too-large'
  | 'unsupported-operation'
  | 'unauthorized'
  | 'forbidden'
  | 'too-many-requests'
  | 'host-refused'
  | 'origin-refused'
  | 'not-found'
  | 'run-deleted'
  | 'invalid-state-transition'
  | 'step-not-reached'
  | 'internal'
  | 'address-not-loopback'
  | 'address-in-use'
  | 'data-directory'
  | 'server-already-running'
  | 'watched-folder'
  | 'watched-entity'
  | 'backup-changed'
  | 'backup-damaged'
  | 'former-database'

/** What the server's rules refuse, and what keeps it from starting. */
export class ServerError extends LosslineError {
  override readonly name: string = 'ServerError'
  declare readonly code: ServerErrorCode
  /** After which the same request may be sent again. */
  readonly retryAfterSeconds: number | undefined

  constructor(options: {
    readonly code: ServerErrorCode
    readonly message: string
    readonly hint?: string
    readonly cause?: unknown
    readonly retryAfterSeconds?: number
  }) {
    super(options)
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

export type HttpStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 503 | 507

/** HTTP status of an error. Whatever is not ours is a fault of the server. */
export function toHttpStatus(error: unknown): HttpStatus {
  if (error instanceof ServerError) return ofServerCode(error.code)
  return StoreError.isInstance(error) ? ofStoreCode(error.code) : 500
}

/** The error if its code and message are meant for the caller too; undefined for a fault that only the log explains. */
export function toTold(error: unknown): LosslineError | undefined {
  const isTold = (error instanceof ServerError || StoreError.isInstance(error)) && toHttpStatus(error) !== 500
  return isTold ? error : undefined
}

/** What an answer says of an error beside its message: the code by which it is known, and what to do. */
export function toAdvice(error: unknown): { readonly code: string; readonly hint?: string } {
  const { code = 'internal', hint } = toTold(error) ?? {}
  return { code, ...(hint === undefined ? {} : { hint }) }
}

function ofServerCode(code: ServerErrorCode): HttpStatus {
  switch (code) {
    case 'invalid-request':
    case 'unsupported-operation':
      return 400
    case 'unauthorized':
      return 401
    case 'forbidden':
    case 'host-refused':
    case 'origin-refused':
      return 403
    case 'not-found':
      return 404
    case 'former-database':
      return 409
    case 'run-deleted':
      return 410
    case 'request-too-large':
      return 413
    case 'too-many-requests':
      return 429
    case 'invalid-state-transition':
    case 'step-not-reached':
      return 422
    case 'server-already-running':
      return 503
    case 'internal':
    case 'backup-changed':
    case 'backup-damaged':
    case 'address-not-loopback':
    case 'address-in-use':
    case 'data-directory':
    case 'watched-folder':
    case 'watched-entity':
      return 500
    default:
      return assertNever(code)
  }
}

/**
 * W&B's client tries again after 5xx (501 excepted), for days. A 4xx ends its stream for good, so only what no repetition
 * changes is answered with one, a run that is gone or something else under the same name: a full disk gets room again, and
 * a lock is given back.
 */
function ofStoreCode(code: StoreErrorCode): HttpStatus {
  switch (code) {
    case 'not-found':
      return 404
    case 'conflict':
      return 409
    case 'full':
      return 507
    case 'locked':
    case 'closed':
    case 'unavailable':
      return 503
    case 'invalid':
    case 'corrupt':
    case 'newer-version':
      return 500
    default:
      return assertNever(code)
  }
}

/** Breaks the build when a union has a member that a `switch` forgets. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${String(value)}`)
}
