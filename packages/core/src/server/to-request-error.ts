import type { SendError } from '@lossline/journal'
import { ServerRequestError } from '../errors.ts'

/**
 * The error of a question whose request failed.
 *
 * @param place - The server in words.
 */
export function toRequestError(
  error: SendError,
  place: string,
  withoutSecrets: (text: string) => string = (text) => text,
): ServerRequestError {
  const { status, cause } = error
  const hint = hintFor(error, place)
  // A server may repeat in its answer what it was sent.
  const message = withoutSecrets(error.message)
  if (message !== error.message) return new ServerRequestError({ message, status, hint })
  return new ServerRequestError({ message, status, cause: cause ?? error, hint })
}

/** The error of a question that was not answered in its time. */
export function tooLate(operation: string, timeoutMs: number, lastFailure: string | undefined): ServerRequestError {
  const seconds = Math.round(timeoutMs / 100) / 10
  const reason = lastFailure === undefined ? '' : ` Last: ${lastFailure}`
  return new ServerRequestError({
    message: `${operation} was not answered within ${seconds} s.${reason}`,
    hint: 'Check that the address is right and the server is up, or give it more time.',
  })
}

/** The error of a question that its asker gave up. */
export function givenUp(operation: string, cause: unknown): ServerRequestError {
  return new ServerRequestError({ message: `${operation} was given up.`, cause })
}

function hintFor({ status, code, remedy }: SendError, place: string): string {
  if (remedy !== undefined) return remedy
  if (status === 401 || status === 403) return 'Check the API key and what it may do.'
  const isAnswer = status !== undefined || code === 'server-refused'
  return isAnswer ? 'The message is the server’s.' : `Check that ${place} is right and up.`
}
