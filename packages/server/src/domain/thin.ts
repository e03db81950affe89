/** At most `count` elements, evenly spread, first and last included. */
export function thin<T>(items: ArrayLike<T>, count: number): T[] {
  if (items.length <= count) return Array.from(items)
  if (count <= 0) return []
  if (count === 1) return [items[items.length - 1]!]
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]!)
}

/** Thins a list whose length is not known beforehand. */
export interface Thinner<T> {
  /** Counts one more element; true when it is to be kept. */
  isNextKept(): boolean
  keep(element: T): void
  /**
   * As {@link thin} of all elements. Of long lists the distances differ by a twentieth, or by one element.
   *
   * @param last - The last element, unless it was kept.
   */
  finish(last?: T): T[]
}

/** Elements that are kept beyond those that are needed, so that the distances between them come out nearly even. */
const sparedCount = 20_000

export function createThinner<T>(count: number): Thinner<T> {
  let kept: T[] = []
  let stride = 1
  let elementCount = 0
  return {
    isNextKept() {
      if (kept.length > 2 * count + sparedCount) {
        kept = kept.filter((_, place) => place % 2 === 0)
        stride *= 2
      }
      const isKept = elementCount % stride === 0
      elementCount += 1
      return isKept
    },
    keep: (element) => void kept.push(element),
    finish: (last) => thin(last === undefined ? kept : [...kept, last], count),
  }
}
