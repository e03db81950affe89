import { LosslineError, type LosslineErrorOptions } from '@lossline/protocol'

/** Codes of {@link AgentError}; `docs/errors.md` says what to do about each. */
export type AgentErrorCode = 'command-template' | 'sweep-gone' | 'too-many-failures'

/** What keeps an agent from going on. */
export class AgentError extends LosslineError {
  override readonly name: string = 'AgentError'
  declare readonly code: AgentErrorCode

  constructor(options: LosslineErrorOptions & { readonly code: AgentErrorCode }) {
    super(options)
  }
}
