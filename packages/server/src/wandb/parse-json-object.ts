import { isJsonObject, type JsonObject, parseJson } from '@lossline/protocol'
import { ServerError } from '../errors.ts'

/**
 * An object that a client sends as a text.
 *
 * @param field - Of the input, for the message.
 * @throws {@link ServerError} `invalid-request`.
 */
export function parseJsonObject(text: string, field: string): JsonObject {
  let cause: unknown
  try {
    const value = parseJson(text)
    if (isJsonObject(value)) return value
  } catch (error) {
    cause = error
  }
  throw new ServerError({ code: 'invalid-request', message: `${field} is no JSON object.`, cause })
}
