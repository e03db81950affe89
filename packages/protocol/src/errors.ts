const mark: unique symbol = Symbol.for('lossline.error') as never

/** What every Lossline error says: a stable code, one line, and what to do next. */
export interface LosslineErrorOptions {
  /** Stable, lower-case words joined by `-`; listed in `docs/errors.md`. */
  readonly code: string
  /** One line. */
  readonly message: string
  /** What to do next. */
  readonly hint?: string
  readonly cause?: unknown
}

/** Base of all errors that Lossline's packages throw. */
export class LosslineError extends Error {
  override readonly name: string = 'LosslineError'
  readonly code: string
  readonly hint: string | undefined

  constructor({ code, message, hint, cause }: LosslineErrorOptions) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.hint = hint
    Object.defineProperty(this, mark, { value: true })
  }

  /** Like `instanceof`, but also true for an error of another copy of this package. */
  static isInstance(error: unknown): error is LosslineError {
    return typeof error === 'object' && error !== null && mark in error
  }
}

/** Codes of {@link ProtocolError}. */
export type ProtocolErrorCode =
  | 'invalid-manifest'
  | 'invalid-json'
  | 'invalid-name'
  | 'invalid-record'
  | 'invalid-frame'
  | 'invalid-request'
  | 'invalid-table'
  | 'too-large'

/** Text or bytes that do not have the form that they should, or that cannot be brought into it. */
export class ProtocolError extends LosslineError {
  override readonly name: string = 'ProtocolError'
  declare readonly code: ProtocolErrorCode

  constructor(options: LosslineErrorOptions & { readonly code: ProtocolErrorCode }) {
    super(options)
  }
}

/** All codes of this package, for the table in `docs/errors.md`. */
export const protocolErrorCodes: readonly ProtocolErrorCode[] = [
  'invalid-frame',
  'invalid-json',
  'invalid-manifest',
  'invalid-name',
  'invalid-record',
  'invalid-request',
  'invalid-table',
  'too-large',
]

/** A message and what to do about it, in one line: with a full stop between them where the message has none. */
export function joinHint(message: string, hint: string | undefined): string {
  if (hint === undefined) return message
  return /[.!?]$/.test(message) ? `${message} ${hint}` : `${message}. ${hint}`
}

/** An error for a value that is more than its file format can hold. */
export function tooLarge(message: string): ProtocolError {
  return new ProtocolError({ code: 'too-large', message, hint: 'Log it in parts, or as a file of an artifact.' })
}
