import type { JsonObject, JsonValue } from '@lossline/protocol'
import { maybeObjectAt } from '../api/wire-values.ts'
import { ServerRequestError } from '../errors.ts'

/** The nodes of a connection `{ edges: [{ node }] }`, or of a plain list; what is no object is left out. */
export function nodesOf(value: JsonValue | undefined): JsonObject[] {
  const list = Array.isArray(value) ? (value as readonly JsonValue[]) : maybeObjectAt(value)?.edges
  if (!Array.isArray(list)) return []
  return (list as readonly JsonValue[]).flatMap((item) => {
    const node = Array.isArray(value) ? maybeObjectAt(item) : maybeObjectAt(item, 'node')
    return node === undefined ? [] : [node]
  })
}

/** A text of a reply that has to be there. @throws {@link ServerRequestError} */
export function readText(object: JsonObject, name: string): string {
  const value = object[name]
  if (typeof value === 'string') return value
  throw new ServerRequestError({ message: `The server's answer has no "${name}" where one belongs.` })
}

/** A text of a reply, also an empty one. */
export function maybeText(object: JsonObject | undefined, name: string): string | undefined {
  const value = object?.[name]
  return typeof value === 'string' ? value : undefined
}
