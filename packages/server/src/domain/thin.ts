/** At most `count` elements, evenly spread, first and last included. */
export function thin<T>(items: ArrayLike<T>, count: number): T[] {
  if (items.length <= count) return Array.from(items)
  if (count <= 0) return []
  if (count === 1) return [items[items.length - 1]!]
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]!)
}

/** Thins a list whose length is not known, and makes only what it keeps for a while. */
export interface Thinner<T> {
  offer(make: () => T): void
  /** As {@link thin} of all that were offered. Of long lists the distances differ by a twentieth, or by one element. */
  finish(): T[]
}

/** Elements that are kept beyond those that are needed, so that the distances between them come out nearly even. */
const sparedCount = 20_000

export function createThinner<T>(count: number): Thinner<T> {
  let kept: T[] = []
  let stride = 1
  let offeredCount = 0
  let last: (() => T) | undefined
  return {
    offer(make) {
      const index = offeredCount
      offeredCount += 1
      last = undefined
      if (index % stride !== 0) {
        last = make
        return
      }
      kept.push(make())
      if (kept.length <= 2 * count + sparedCount) return
      if (kept.length % 2 === 0) {
        const dropped = kept.at(-1)!
        last = () => dropped
      }
      kept = kept.filter((_, place) => place % 2 === 0)
      stride *= 2
    },
    finish() {
      if (last !== undefined) kept.push(last())
      return thin(kept, count)
    },
  }
}
