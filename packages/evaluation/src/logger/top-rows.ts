/** The rows with the highest scores, of any number that come one by one. */
export interface TopRows<Item> {
  /** Whether a row with this score would be kept. */
  takes(score: number): boolean
  add(score: number, item: Item): void
  /** From the highest score down; of equal ones the earlier first. */
  items(): Item[]
}

/** Keeps up to `count` rows in order. NaN counts as the highest score. */
export function createTopRows<Item>(count: number): TopRows<Item> {
  const rows: { readonly score: number; readonly item: Item }[] = []
  const rankOf = (score: number): number => (Number.isNaN(score) ? Number.POSITIVE_INFINITY : score)
  return {
    takes: (score) => count > 0 && (rows.length < count || rankOf(score) > rows.at(-1)!.score),
    add(score, item) {
      const rank = rankOf(score)
      let at = rows.length
      while (at > 0 && rows[at - 1]!.score < rank) at -= 1
      rows.splice(at, 0, { score: rank, item })
      if (rows.length > count) rows.pop()
    },
    items: () => rows.map(({ item }) => item),
  }
}
