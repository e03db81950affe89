import { CoreError } from '../errors.ts'

/** A text that cannot be an API key. Code `invalid-api-key`. */
export class InvalidApiKeyError extends CoreError {
  override readonly name = 'InvalidApiKeyError'
  constructor(reason: string) {
    super({
      code: 'invalid-api-key',
      message: `This is no API key: ${reason}.`,
      hint: 'Copy the whole key from the page of your server that shows it.',
    })
  }
}

/** A server does not know an API key. Code `api-key-refused`. */
export class ApiKeyRefusedError extends CoreError {
  override readonly name = 'ApiKeyRefusedError'
  constructor(baseUrl: string, cause: unknown) {
    super({
      code: 'api-key-refused',
      message: `${baseUrl} does not know this API key. Nothing was stored.`,
      hint: 'Check that the key is of this server, and that it was not deleted there.',
      ...(cause === undefined ? {} : { cause }),
    })
  }
}

/** The file with the keys cannot be read or written. Code `credentials-file`. */
export class CredentialsFileError extends CoreError {
  override readonly name = 'CredentialsFileError'
  constructor(path: string, cause: unknown) {
    super({
      code: 'credentials-file',
      message: `"${path}" cannot be changed: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'Make it writable, or let the variable NETRC name another file.',
      cause,
    })
  }
}
