import { LosslineError, type LosslineErrorOptions } from '@lossline/protocol'

const mark: unique symbol = Symbol.for('lossline.store-error') as never

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

/** What a store or a blob folder throws or rejects with. */
export class StoreError extends LosslineError {
  override readonly name: string = 'StoreError'
  declare readonly code: StoreErrorCode

  constructor(options: LosslineErrorOptions & { readonly code: StoreErrorCode }) {
    super(options)
    Object.defineProperty(this, mark, { value: true })
  }

  /** Like `instanceof`, but also true for an error of another copy of this package. */
  static override isInstance(error: unknown): error is StoreError {
    return typeof error === 'object' && error !== null && mark in error
  }
}

/** All codes of this package, for the table in `docs/errors.md`. */
export const storeErrorCodes: readonly StoreErrorCode[] = [
  'closed',
  'conflict',
  'corrupt',
  'full',
  'invalid',
  'locked',
  'newer-version',
  'not-found',
  'unavailable',
]
