/** Running sums of several values a row. */
export interface MeanSums {
  readonly rowCount: number
  add(values: readonly number[]): void
  /** Means by name; NaN without rows. */
  means(): Record<string, number>
}

/** @param names - In the order of the values. */
export function createMeanSums(names: readonly string[]): MeanSums {
  const sums = new Float64Array(names.length)
  let rowCount = 0
  return {
    get rowCount() {
      return rowCount
    },
    add(values) {
      rowCount += 1
      for (let index = 0; index < names.length; index += 1) sums[index]! += values[index]!
    },
    means: () => Object.fromEntries(names.map((name, index) => [name, sums[index]! / rowCount])),
  }
}
