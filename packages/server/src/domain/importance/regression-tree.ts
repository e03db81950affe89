/** A tree that guesses a number from features: at each fork what is at most a threshold goes left. */
export interface RegressionTree {
  /** @param featureOf - The value of a feature, by its index. */
  predict(featureOf: (feature: number) => number): number
}

export interface GrowTreeOptions {
  /** Values by feature, then by row. */
  readonly columns: readonly Float64Array[]
  readonly target: Float64Array
  /** Rows that it learns from; one may be there several times. */
  readonly rows: Uint32Array
  /** Features that are tried at each fork. */
  readonly triedCount: number
  readonly random: () => number
}

/** Fewer rows in a leaf follow noise. */
const leafSizeMin = 3
const depthMax = 24

type Node =
  | { readonly value: number }
  | { readonly feature: number; readonly threshold: number; readonly left: Node; readonly right: Node }

/** Grows a tree by least squares (CART): each fork is the one that leaves the smallest sum of squared errors. */
export function growTree(options: GrowTreeOptions): RegressionTree {
  const root = grow(options, options.rows, 0)
  return {
    predict(featureOf) {
      let node = root
      while ('feature' in node) node = featureOf(node.feature) <= node.threshold ? node.left : node.right
      return node.value
    },
  }
}

function grow(options: GrowTreeOptions, rows: Uint32Array, depth: number): Node {
  const { target } = options
  let sum = 0
  for (const row of rows) sum += target[row]!
  const leaf = { value: sum / rows.length }
  if (rows.length < 2 * leafSizeMin || depth >= depthMax) return leaf
  const fork = findFork(options, rows, sum)
  if (fork === undefined) return leaf
  const column = options.columns[fork.feature]!
  const left = rows.filter((row) => column[row]! <= fork.threshold)
  const right = rows.filter((row) => column[row]! > fork.threshold)
  return { ...fork, left: grow(options, left, depth + 1), right: grow(options, right, depth + 1) }
}

/** Undefined where no fork makes the errors smaller. */
function findFork(
  { columns, target, triedCount, random }: GrowTreeOptions,
  rows: Uint32Array,
  sum: number,
): { readonly feature: number; readonly threshold: number } | undefined {
  let best: { feature: number; threshold: number } | undefined
  // Minimising squared errors is maximising the squares of the sums over their counts.
  let bestGain = (sum * sum) / rows.length + 1e-12
  for (const feature of chooseFeatures(columns.length, triedCount, random)) {
    const column = columns[feature]!
    const sorted = Uint32Array.from(rows).sort((a, b) => column[a]! - column[b]!)
    let leftSum = 0
    for (let i = 0; i < sorted.length - leafSizeMin; i += 1) {
      leftSum += target[sorted[i]!]!
      const [here, next] = [column[sorted[i]!]!, column[sorted[i + 1]!]!]
      if (i + 1 < leafSizeMin || here === next) continue
      const gain = leftSum ** 2 / (i + 1) + (sum - leftSum) ** 2 / (sorted.length - i - 1)
      if (gain <= bestGain) continue
      bestGain = gain
      best = { feature, threshold: here }
    }
  }
  return best
}

function chooseFeatures(count: number, chosenCount: number, random: () => number): readonly number[] {
  const all = Array.from({ length: count }, (_, index) => index)
  for (let i = 0; i < Math.min(chosenCount, count); i += 1) {
    const other = i + Math.floor(random() * (count - i))
    ;[all[i], all[other]] = [all[other]!, all[i]!]
  }
  return all.slice(0, chosenCount)
}
