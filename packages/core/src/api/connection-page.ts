import { isJsonObject, type JsonObject } from '@lossline/protocol'
import type { ListPage } from './listing.ts'
import { listAt, maybeObjectAt, maybeTextAt } from './wire-values.ts'

/**
 * Reads a GraphQL connection (`edges`, `pageInfo`).
 *
 * @param toItem - Returns `undefined` for a node that is to be left out.
 */
export function toListPage<Item>(
  connection: JsonObject | undefined,
  toItem: (node: JsonObject, edge: JsonObject) => Item | undefined,
): ListPage<Item> {
  const edges = listAt(connection, 'edges').filter(isJsonObject)
  const items = edges.flatMap((edge) => {
    const node = maybeObjectAt(edge, 'node')
    const item = node === undefined ? undefined : toItem(node, edge)
    return item === undefined ? [] : [item]
  })
  const pageInfo = maybeObjectAt(connection, 'pageInfo')
  // Where both are there, the cursor of the last edge is the one that W&B's client goes by.
  const cursor = maybeTextAt(edges.at(-1), 'cursor') ?? maybeTextAt(pageInfo, 'endCursor')
  return { items, next: pageInfo?.hasNextPage === true ? cursor : undefined }
}
