/** Typed arrays of this length and more are reduced instead of written as a list (W&B: more than 32 elements). */
export const numericArrayMin = 33

/** What W&B writes into the summary for a long array. Percentiles interpolate linearly; the variance is of the whole. */
export interface ArraySummary {
  readonly _type: 'numpy.ndarray'
  readonly size: number
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly var: number
  readonly '10%': number
  readonly '25%': number
  readonly '75%': number
  readonly '90%': number
}

/** Statistics of the finite numbers of an array; `undefined` when there is none. `size` counts all elements. */
export function summarizeArray(numbers: ArrayLike<number | bigint>): ArraySummary | undefined {
  const finite = Float64Array.from(Array.from(numbers, Number).filter(Number.isFinite)).sort()
  const min = finite.at(0)
  const max = finite.at(-1)
  if (min === undefined || max === undefined) return undefined
  const mean = finite.reduce((sum, number) => sum + number / finite.length, 0)
  const variance = finite.reduce((sum, number) => sum + (number - mean) ** 2 / finite.length, 0)
  const percentile = (share: number): number => interpolate(finite, share * (finite.length - 1))
  return {
    _type: 'numpy.ndarray',
    size: numbers.length,
    min,
    max,
    mean,
    var: variance,
    '10%': percentile(0.1),
    '25%': percentile(0.25),
    '75%': percentile(0.75),
    '90%': percentile(0.9),
  }
}

/** The text that stands for a long array in the config: its type, its length and both ends. */
export function describeArray(typeName: string, numbers: ArrayLike<number | bigint>): string {
  const end = (from: number): string =>
    Array.from({ length: 3 }, (_, index) => String(numbers[from + index])).join(', ')
  return `${typeName}(${numbers.length}) [${end(0)}, …, ${end(numbers.length - 3)}]`
}

function interpolate(sorted: Float64Array, position: number): number {
  const below = sorted[Math.floor(position)] ?? 0
  const above = sorted[Math.ceil(position)] ?? below
  return below + (above - below) * (position - Math.floor(position))
}
