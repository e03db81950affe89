import { createRandom } from './random.ts'
import { growTree } from './regression-tree.ts'

/** A parameter with its value in each run; undefined: the run has none. */
export interface ParameterColumn {
  readonly key: string
  readonly values: readonly (number | string | boolean | undefined)[]
}

/** How much a parameter matters for an outcome. */
export interface ParameterImportance {
  readonly key: string
  /** Share of all parameters together, 0 to 1. */
  readonly importance: number
  /** Spearman's rank correlation, −1 to 1; undefined for texts, which have no order. */
  readonly correlation: number | undefined
}

/** With fewer runs, chance says more than the parameters. */
export const importanceRunCountMin = 10

const treeCount = 50
/** A tree learns from at most so many runs; of more it would take longer and say the same. */
const learnedRowCountMax = 400
/** It is asked about at most so many that it has not seen. */
const askedRowCountMax = 300

/**
 * Permutation importance in a random forest (Breiman 2001): by how much the error of each tree's guesses for the runs that it has
 * not seen grows when the values of one parameter are dealt out anew among them. Texts are numbers by the mean outcome of the runs
 * that a tree learns from; a missing value is one of its own. The same runs give the same answer.
 *
 * @param pause - Called between pieces of the work, so that others are answered meanwhile.
 */
export async function parameterImportance(
  parameters: readonly ParameterColumn[],
  outcome: Float64Array,
  pause: () => Promise<void>,
): Promise<readonly ParameterImportance[]> {
  const rowCount = outcome.length
  const random = createRandom(1)
  const growth = new Float64Array(parameters.length)
  const triedCount = Math.max(1, Math.ceil(parameters.length / 3))
  for (let tree = 0; tree < treeCount; tree += 1) {
    await pause()
    const rows = Uint32Array.from({ length: Math.min(rowCount, learnedRowCountMax) }, () =>
      Math.floor(random() * rowCount),
    )
    const seen = new Set(rows)
    const others = Array.from({ length: rowCount }, (_, row) => row).filter((row) => !seen.has(row))
    const unseen = shuffled(others, random).slice(0, askedRowCountMax)
    if (unseen.length === 0) continue
    const columns = parameters.map((parameter) => toNumbers(parameter, outcome, rows))
    const { predict } = growTree({ columns, target: outcome, rows, triedCount, random })
    const error = (places: ReadonlyMap<number, number>, dealt: number): number =>
      unseen.reduce((sum, row) => {
        const guess = predict((feature) => columns[feature]![feature === dealt ? places.get(row)! : row]!)
        return sum + (guess - outcome[row]!) ** 2
      }, 0) / unseen.length
    const before = error(new Map(), -1)
    for (const feature of parameters.keys()) {
      await pause()
      const places = new Map(shuffled(unseen, random).map((other, index) => [unseen[index]!, other]))
      growth[feature] = growth[feature]! + error(places, feature) - before
    }
  }
  const positive = growth.map((one) => Math.max(0, one))
  const total = positive.reduce((sum, one) => sum + one, 0)
  return parameters.map((parameter, index) => ({
    key: parameter.key,
    importance: total > 0 ? positive[index]! / total : 0,
    correlation: rankCorrelation(parameter, outcome),
  }))
}

function toNumbers({ values }: ParameterColumn, outcome: Float64Array, rows: Uint32Array): Float64Array {
  if (!values.some((value) => typeof value === 'string')) {
    return Float64Array.from(values, (value) => (value === undefined ? -Number.MAX_VALUE : Number(value)))
  }
  const sums = new Map<unknown, { sum: number; count: number }>()
  for (const row of rows) {
    const known = sums.get(values[row]) ?? { sum: 0, count: 0 }
    sums.set(values[row], { sum: known.sum + outcome[row]!, count: known.count + 1 })
  }
  const mean = outcome.reduce((sum, one) => sum + one, 0) / outcome.length
  return Float64Array.from(values, (value) => {
    const known = sums.get(value)
    return known ? known.sum / known.count : mean
  })
}

function rankCorrelation({ values }: ParameterColumn, outcome: Float64Array): number | undefined {
  if (values.some((value) => typeof value === 'string')) return undefined
  const there = values.flatMap((value, row) => (value === undefined ? [] : [[Number(value), outcome[row]!] as const]))
  if (there.length < 3) return undefined
  const [xs, ys] = [ranks(there.map(([x]) => x)), ranks(there.map(([, y]) => y))]
  const mean = (there.length - 1) / 2
  let [xy, xx, yy] = [0, 0, 0]
  for (const [index, x] of xs.entries()) {
    const [dx, dy] = [x - mean, ys[index]! - mean]
    xy += dx * dy
    xx += dx * dx
    yy += dy * dy
  }
  return xx === 0 || yy === 0 ? undefined : xy / Math.sqrt(xx * yy)
}

/** Places in ascending order from 0 on; equal values share the mean of theirs. */
function ranks(values: readonly number[]): readonly number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!)
  const result = new Array<number>(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to += 1
    for (let i = from; i <= to; i += 1) result[order[i]!] = (from + to) / 2
    from = to + 1
  }
  return result
}

function shuffled(list: readonly number[], random: () => number): readonly number[] {
  const copy = [...list]
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const other = Math.floor(random() * (i + 1))
    ;[copy[i], copy[other]] = [copy[other]!, copy[i]!]
  }
  return copy
}
