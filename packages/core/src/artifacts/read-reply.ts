import { isJsonObject, type JsonObject, type JsonValue } from '@lossline/protocol'
import { ServerRequestError } from '../errors.ts'

/** The object at a path of a reply, if there is one all the way. */
export function maybeObject(value: JsonValue | undefined, ...path: readonly string[]): JsonObject | undefined {
  let current = value
  for (const name of path) {
    if (!isJsonObject(current)) return undefined
    current = current[name]
  }
  return isJsonObject(current) ? current : undefined
}

/** The nodes of a connection `{ edges: [{ node }] }`, or of a plain list; what is no object is left out. */
export function nodesOf(value: JsonValue | undefined): JsonObject[] {
  const list = Array.isArray(value) ? (value as readonly JsonValue[]) : maybeObject(value)?.edges
  if (!Array.isArray(list)) return []
  return (list as readonly JsonValue[]).flatMap((item) => {
    const node = Array.isArray(value) ? maybeObject(item) : maybeObject(item, 'node')
    return node === undefined ? [] : [node]
  })
}

/** A text of a reply that has to be there. @throws {@link ServerRequestError} */
export function readText(object: JsonObject, name: string): string {
  const value = object[name]
  if (typeof value === 'string') return value
  throw new ServerRequestError({ message: `The server's answer has no "${name}" where one belongs.` })
}

export function maybeText(object: JsonObject | undefined, name: string): string | undefined {
  const value = object?.[name]
  return typeof value === 'string' ? value : undefined
}

export function maybeNumber(object: JsonObject | undefined, name: string): number | undefined {
  const value = object?.[name]
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined
}
