import { LosslineError, type LosslineErrorOptions } from '@lossline/protocol'

/** Codes of {@link JournalError}. */
export type JournalErrorCode = 'journal-exists' | 'journal-not-writable' | 'journal-not-found' | 'journal-finished'

/** A journal that cannot be made or opened, or a call after its end. */
export class JournalError extends LosslineError {
  override readonly name: string = 'JournalError'
  declare readonly code: JournalErrorCode

  constructor(options: LosslineErrorOptions & { readonly code: JournalErrorCode }) {
    super(options)
  }
}
