import { LosslineError, type LosslineErrorOptions } from '@lossline/protocol'

/** Codes of {@link SendError}. */
export type SendErrorCode =
  | 'server-unreachable'
  | 'server-refused'
  | 'send-aborted'
  | 'file-unreadable'
  | 'state-unwritable'
  | 'value-too-large'

/** What keeps a run's records from reaching the server. They stay in the journal. */
export class SendError extends LosslineError {
  override readonly name: string = 'SendError'
  declare readonly code: SendErrorCode
  /** HTTP status of the answer, if there was one. */
  readonly status: number | undefined
  /** What has to be done before another attempt can succeed, where that is known. */
  readonly remedy: string | undefined

  constructor(
    options: LosslineErrorOptions & {
      readonly code: SendErrorCode
      readonly status?: number
      readonly remedy?: string | undefined
    },
  ) {
    super(options)
    this.status = options.status
    this.remedy = options.remedy
  }
}
