/** Why a table cannot be read or asked, in words for whoever asked. Crosses threads as a plain object. */
export class TableError extends Error {
  override readonly name: string = 'TableError'
  readonly reason: TableErrorReason
  readonly hint: string | undefined

  constructor(reason: TableErrorReason, message: string, hint?: string) {
    super(message)
    this.reason = reason
    this.hint = hint
  }
}

/** `invalid`: the file is no table, or the question does not fit it. `cancelled`: nobody waits for the answer any more. */
export type TableErrorReason = 'invalid' | 'too-large' | 'gone' | 'cancelled'

/** Throws when nobody waits for the answer any more; called now and then by whatever takes long. */
export type CheckCancelled = () => void

/** Looks at a flag that another thread may set. */
export function createCancelCheck(flag: Int32Array): CheckCancelled {
  return () => {
    if (Atomics.load(flag, 0) !== 0) throw new TableError('cancelled', 'The request was cancelled.')
  }
}

/** How many rows are gone through between two looks at whether somebody still waits. */
export const rowsBetweenChecks = 65_536
