import { LosslineError } from '@lossline/core'

/** An option with a value that it cannot have. Thrown when the callback is made, never while a model trains. Code `tfjs-option`. */
export class TfjsOptionError extends LosslineError {
  override readonly name = 'TfjsOptionError'
  constructor(message: string, hint: string) {
    super({ code: 'tfjs-option', message, hint })
  }
}

/** A checkpoint that cannot be read, or does not fit the model. Code `tfjs-checkpoint`. */
export class TfjsCheckpointError extends LosslineError {
  override readonly name = 'TfjsCheckpointError'
  constructor(options: { readonly message: string; readonly hint: string; readonly cause?: unknown }) {
    super({ code: 'tfjs-checkpoint', ...options })
  }
}
