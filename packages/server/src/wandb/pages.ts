/** GraphQL connection over a list that is already in order; a cursor is the position of its element. */
export interface Connection<T> {
  readonly totalCount: number
  readonly edges: readonly { readonly node: T; readonly cursor: string }[]
  readonly pageInfo: PageInfo
}

/** Where a page is among all of them. */
export interface PageInfo {
  readonly startCursor: string | null
  readonly endCursor: string | null
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

export interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
}

/** `first` elements (default 50) behind the cursor `after`. A cursor that is none of ours starts at the beginning. */
export function toConnection<S, T>(items: readonly S[], page: PageArguments, toNode: (item: S) => T): Connection<T> {
  const start = parseCursor(page.after)
  const count = Math.max(0, page.first ?? 50)
  const edges = items.slice(start, start + count).map((item, i) => ({
    node: toNode(item),
    cursor: String(start + i + 1),
  }))
  return {
    totalCount: items.length,
    edges,
    pageInfo: pageInfo(edges, start, items.length),
  }
}

/** Number of elements before a cursor. */
export function parseCursor(cursor: string | null | undefined): number {
  const position = Number(cursor ?? 0)
  return Number.isSafeInteger(position) && position >= 0 ? position : 0
}

/** @param start - Number of elements before the page. */
export function pageInfo(edges: readonly { readonly cursor: string }[], start: number, totalCount: number): PageInfo {
  return {
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
    hasNextPage: start + edges.length < totalCount,
    hasPreviousPage: start > 0,
  }
}
