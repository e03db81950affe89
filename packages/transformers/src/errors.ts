import { LosslineError } from '@lossline/core'

/** An option with a value that it cannot have. Thrown when a pipeline or trainer is set up, never while it works. Code `transformers-option`. */
export class TransformersOptionError extends LosslineError {
  override readonly name = 'TransformersOptionError'
  constructor(message: string, hint: string) {
    super({ code: 'transformers-option', message, hint })
  }
}

/** A package that the call needs is not installed, or is of another version. Code `transformers-missing-package`. */
export class MissingPackageError extends LosslineError {
  override readonly name = 'MissingPackageError'
  constructor(packageName: string, call: string, cause: unknown) {
    super({
      code: 'transformers-missing-package',
      message: `${call} needs ${packageName}, which could not be loaded.`,
      hint: `Install it with: npm install ${packageName}@4. The cause says what went wrong.`,
      cause,
    })
  }
}
