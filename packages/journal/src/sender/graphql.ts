import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '@lossline/protocol'
import { type HttpClientOptions, sendRequest } from './http-client.ts'
import type { RetryPolicy } from './retry-policy.ts'
import { SendError } from './send-error.ts'

/** The server to ask, and how. */
export interface GraphqlOptions extends HttpClientOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Sends a GraphQL document and returns its data.
 *
 * @throws {@link SendError} `server-refused` for a status that is not retried, and for errors beside missing data.
 */
export async function requestGraphql(
  operationName: string,
  query: string,
  variables: JsonObject,
  policy: RetryPolicy,
  options: GraphqlOptions,
): Promise<JsonObject> {
  let data: JsonObject | undefined
  await sendRequest(
    {
      method: 'POST',
      url: `${options.baseUrl}/graphql`,
      headers: { ...options.headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ operationName, query, variables }),
      parse(text) {
        data = readData(parseJson(text), operationName)
      },
    },
    policy,
    options,
  )
  return data ?? {}
}

function readData(answer: JsonValue, operationName: string): JsonObject {
  const { data, errors } = isJsonObject(answer) ? answer : {}
  if (isJsonObject(data) && Object.values(data).some((value) => value !== null)) return data
  if (Array.isArray(errors) && errors.length > 0) {
    const messages = errors.map((error: JsonValue) => (isJsonObject(error) ? String(error.message) : String(error)))
    throw new SendError({
      code: 'server-refused',
      message: `${operationName} was refused: ${messages.join('; ').slice(0, 300)}`,
      hint: 'The run is complete in its folder and can be sent later.',
    })
  }
  if (isJsonObject(data)) return data
  throw new Error(`the answer to ${operationName} has no data`)
}

/** The object at a path of an answer; an empty one where there is none. */
export function objectAt(value: JsonValue | undefined, ...path: readonly string[]): JsonObject {
  let current = value
  for (const name of path) current = isJsonObject(current) ? current[name] : undefined
  return isJsonObject(current) ? current : {}
}

export function textAt(object: JsonObject, name: string): string {
  const value = object[name]
  return typeof value === 'string' ? value : ''
}
