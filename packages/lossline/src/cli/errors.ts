import { LosslineError, type LosslineErrorOptions } from '@lossline/protocol'

/** Codes of {@link CliError}; `docs/errors.md` says what to do about each. */
export type CliErrorCode =
  | 'invalid-filters'
  | 'invalid-serve-setting'
  | 'run-ambiguous'
  | 'run-folder-not-found'
  | 'run-not-found'
  | 'runs-order'
  | 'admin-refused'
  | 'backup-failed'
  | 'data-folder-missing'
  | 'not-confirmed'
  | 'sweep-file'
  | 'sweep-options'
  | 'sync-options'
  | 'sync-target-missing'

/** What keeps a command from doing its work. */
export class CliError extends LosslineError {
  override readonly name: string = 'CliError'
  declare readonly code: CliErrorCode

  constructor(options: LosslineErrorOptions & { readonly code: CliErrorCode }) {
    super(options)
  }
}
