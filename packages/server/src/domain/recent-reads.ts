/** Reads by name, each once however many ask at the same time; what was asked for last is kept. */
export type RecentReads<T> = (name: string, read: () => Promise<T>) => Promise<T>

interface Kept<T> {
  readonly value: Promise<T>
  /** 0 while it is being read. */
  weight: number
}

/**
 * Keeps what was read, up to a weight: the least recently used goes first, and what failed is not kept.
 *
 * @param options.weigh - What one takes of `weightMax`.
 */
export function createRecentReads<T>(options: {
  readonly weightMax: number
  readonly weigh: (value: T) => number
}): RecentReads<T> {
  const { weightMax, weigh } = options
  const cache = new Map<string, Kept<T>>()
  let totalWeight = 0

  const count = (name: string, kept: Kept<T>, weight: number): void => {
    // It made room for others before it was there.
    if (cache.get(name) !== kept) return
    kept.weight = weight
    totalWeight += weight
    for (const [oldest, old] of cache) {
      if (totalWeight <= weightMax || oldest === name) break
      cache.delete(oldest)
      totalWeight -= old.weight
    }
  }

  return async (name, read) => {
    const known = cache.get(name)
    if (known !== undefined) {
      cache.delete(name)
      cache.set(name, known)
      return known.value
    }
    const kept: Kept<T> = { value: read(), weight: 0 }
    cache.set(name, kept)
    try {
      const value = await kept.value
      count(name, kept, weigh(value))
      return value
    } catch (error) {
      if (cache.get(name) === kept) cache.delete(name)
      throw error
    }
  }
}
