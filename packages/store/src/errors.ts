/**
 * Why a store refused: `not-found` (the run or project does not exist), `conflict` (something else with that name exists),
 * `invalid` (a malformed row group), `full` (disk or size limit), `locked` (another process holds the database), `closed`,
 * `corrupt` (what is kept cannot be read), `newer-version` (written by a later release), `unavailable` (the file or folder
 * cannot be opened, read or written).
 */
export type StoreErrorCode =
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'full'
  | 'locked'
  | 'closed'
  | 'corrupt'
  | 'newer-version'
  | 'unavailable'

const marker = Symbol.for('lossline.StoreError')

/** What a store throws or rejects with. */
export class StoreError extends Error {
  readonly code: StoreErrorCode
  /** What to do next, one sentence. */
  readonly hint: string | undefined

  constructor(options: { code: StoreErrorCode; message: string; hint?: string; cause?: unknown }) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'StoreError'
    this.code = options.code
    this.hint = options.hint
    Object.defineProperty(this, marker, { value: true })
  }

  /** True for a StoreError of any copy of this package. */
  static isInstance(error: unknown): error is StoreError {
    return error instanceof Error && marker in error
  }
}
