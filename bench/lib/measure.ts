/** A piece of work. Its result is kept, so that the compiler cannot drop the work. */
export type Work = () => unknown

export interface InterleaveOptions {
  /** How often each piece is measured. Default 15. */
  readonly rounds?: number
  /** Unmeasured rounds before. Default 3. */
  readonly warmUpRounds?: number
}

let sink: unknown

/**
 * Measures several pieces of work in turns, so that whatever slows the machine down for a while slows all of them.
 *
 * @returns the median duration of each, in milliseconds
 */
export function interleave<Name extends string>(
  works: Readonly<Record<Name, Work>>,
  options: InterleaveOptions = {},
): Record<Name, number> {
  const { rounds = 15, warmUpRounds = 3 } = options
  const names = Object.keys(works) as Name[] // Object.keys forgets the type of the keys.
  const durations = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (const name of names) {
      const startMs = performance.now()
      sink = works[name]()
      if (round >= 0) durations.get(name)?.push(performance.now() - startMs)
    }
  }
  const medians = names.map((name) => [name, median(durations.get(name) ?? [])])
  return Object.fromEntries(medians) as Record<Name, number> // Made from the same names.
}

/** The last result of any measured work. */
export function lastResult(): unknown {
  return sink
}

/** The middle value; of an even number of values, the upper one of the two. NaN of none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** The value that so many per cent of the values are not above. NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN
}
