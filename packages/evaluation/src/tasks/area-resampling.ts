import { giveTurn } from '@lossline/core/adapter'
import { createReservoir } from '../sampling/reservoir.ts'
import type { Resampling } from './evaluation-task.ts'

/** The scores of one class, and which rows are of it. */
export interface ScoredClass {
  readonly isPositive: ArrayLike<number>
  readonly scores: ArrayLike<number>
}

/** Areas of each class; NaN for one that no drawn row, or every one, has. */
export interface DrawnAreas {
  readonly rocAuc: Float64Array
  readonly averagePrecision: Float64Array
  /** Drawn rows of each class. */
  readonly supports: Float64Array
}

/** What is drawn of how many rows. */
export interface AreaResamplingOptions {
  readonly rowCount: number
  readonly classCount: number
  readonly seed: number
  /** What {@link average} returns, in this order. */
  readonly names: readonly string[]
  /** Rows and scores of a class, none of them NaN. */
  classAt(index: number): ScoredClass
  average(areas: DrawnAreas): readonly number[]
}

/** Rows that draws are made of: of more a fair sample. */
const drawableRowsMax = 10_000

/**
 * Areas under curves of drawn rows. Scores are put in order once; a draw only counts how often each row was drawn and walks
 * along that order, since sorting anew would take a hundred times as long.
 */
export async function createAreaResampling(options: AreaResamplingOptions): Promise<Resampling> {
  const { rowCount, classCount, seed, names, classAt, average } = options
  const drawable = createReservoir<number>({ size: drawableRowsMax, seed })
  for (let row = 0; row < rowCount; row += 1) drawable.offer(row)
  const rows = Uint32Array.from(drawable.items())
  const orders: ClassOrder[] = []
  for (let index = 0; index < classCount; index += 1) {
    orders.push(orderClass(classAt(index), rows))
    await giveTurn()
  }
  const weights = new Uint32Array(rows.length)
  return {
    names,
    rowCount: rows.length,
    wholeCount: rowCount,
    numbersPerRow: 2 * classCount,
    measure(drawn) {
      weights.fill(0)
      for (const row of drawn) weights[row]! += 1
      const areas = {
        rocAuc: new Float64Array(classCount),
        averagePrecision: new Float64Array(classCount),
        supports: new Float64Array(classCount),
      }
      for (const [index, order] of orders.entries()) measureClass(order, weights, areas, index)
      return average(areas)
    },
  }
}

/** Rows from the highest score down. */
interface ClassOrder {
  readonly order: Uint32Array
  readonly isPositive: Uint8Array
  /** Whether the next score is lower. */
  readonly isLastOfTie: Uint8Array
}

function orderClass({ isPositive, scores }: ScoredClass, rows: Uint32Array): ClassOrder {
  const scoreAt = (place: number): number => scores[rows[place]!]!
  const order = Uint32Array.from(rows.keys()).sort((one, other) => {
    const [first, second] = [scoreAt(one), scoreAt(other)]
    // Infinities of one sign differ by NaN.
    return first === second ? 0 : first > second ? -1 : 1
  })
  return {
    order,
    isPositive: Uint8Array.from(order, (place) => (isPositive[rows[place]!] ? 1 : 0)),
    isLastOfTie: Uint8Array.from(order, (place, at) =>
      at + 1 < order.length && scoreAt(order[at + 1]!) === scoreAt(place) ? 0 : 1,
    ),
  }
}

/** As `rocAuc` and `averagePrecision`, of rows that count as often as they were drawn. */
function measureClass(
  { order, isPositive, isLastOfTie }: ClassOrder,
  weights: Uint32Array,
  areas: DrawnAreas,
  index: number,
): void {
  let [truePositive, falsePositive, truePositiveBefore, falsePositiveBefore] = [0, 0, 0, 0]
  let [doubledArea, precisionSum] = [0, 0]
  for (let at = 0; at < order.length; at += 1) {
    const weight = weights[order[at]!]!
    if (isPositive[at] === 1) truePositive += weight
    else falsePositive += weight
    if (isLastOfTie[at] === 0) continue
    doubledArea += (falsePositive - falsePositiveBefore) * (truePositive + truePositiveBefore)
    if (truePositive > truePositiveBefore) {
      precisionSum += ((truePositive - truePositiveBefore) * truePositive) / (truePositive + falsePositive)
    }
    truePositiveBefore = truePositive
    falsePositiveBefore = falsePositive
  }
  areas.rocAuc[index] = doubledArea / 2 / (truePositive * falsePositive)
  areas.averagePrecision[index] = precisionSum / truePositive
  areas.supports[index] = truePositive
}
