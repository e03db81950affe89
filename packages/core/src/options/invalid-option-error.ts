import { CoreError } from '../errors.ts'

/** An option of a call that there is not, or with a value that it cannot have. Code `invalid-option`. */
export class InvalidOptionError extends CoreError {
  override readonly name = 'InvalidOptionError'
  constructor(call: string, message: string, hint: string, cause?: unknown) {
    const because = cause === undefined ? {} : { cause }
    super({ code: 'invalid-option', message: `${call}: ${message}`, hint, ...because })
  }
}
