import { giveTurn } from '@lossline/core/adapter'
import { quantileOf } from '../bootstrap/quantile-of.ts'
import { createSeededRandom } from '../bootstrap/seeded-random.ts'

/** How sure a metric is. */
export interface MetricInterval {
  /** The metric of the rows that the interval rests on. */
  readonly estimate: number
  readonly lower: number
  readonly upper: number
  /** Standard deviation of the drawn values. */
  readonly standardError: number
  /** Rows that it rests on. */
  readonly rowCount: number
}

/** How intervals are drawn. */
export interface IntervalOptions {
  /** Share of the intervals that hold the true value. */
  readonly confidence: number
  readonly seed: number
  /** Numbers that are read of each drawn row. */
  readonly columnCount: number
  /** Rows of which those that can be drawn are a fair sample. Default: there are no others. */
  readonly wholeCount?: number
  /** The metrics of all these rows. Default: those of the rows that can be drawn. */
  readonly wholeMetrics?: Readonly<Record<string, number>>
}

const drawCountMax = 1000
const drawCountLeast = 200
/** Rows of a draw at most. */
const drawnRowsMax = 10_000
/** Numbers read in all: about half a second. With more columns there are fewer draws, down to the least. */
const drawnNumbersMax = 1e8
/** Numbers read before others get their turn: about 20 ms. */
const numbersPerTurn = 2e6

/** Values of several metrics for a list of rows, some more than once. */
type Measure = (rows: Uint32Array) => readonly number[]

/**
 * Percentile intervals of several metrics from the same draws (Efron 1979). Of more than 10,000 rows so many are drawn, and how far
 * the drawn values lie from the estimate is scaled by √(drawn / all): the m out of n bootstrap (Bickel, Götze and van Zwet 1997).
 * So it is where not all rows can be drawn, as in the bag of little bootstraps (Kleiner et al. 2014).
 * Metrics that are NaN for all rows are left out.
 *
 * @param measure - In the order of `names`.
 */
export async function drawIntervals(
  names: readonly string[],
  rowCount: number,
  measure: Measure,
  { confidence, seed, columnCount, wholeCount = rowCount, wholeMetrics }: IntervalOptions,
): Promise<Record<string, MetricInterval>> {
  if (rowCount === 0) return {}
  const ofDrawable = measure(Uint32Array.from({ length: rowCount }, (_, row) => row))
  const estimates = names.map((name, metric) => wholeMetrics?.[name] ?? ofDrawable[metric]!)
  const random = createSeededRandom(seed)
  const drawnCount = Math.min(rowCount, drawnRowsMax)
  const scale = Math.sqrt(drawnCount / wholeCount)
  const numbersPerDraw = drawnCount * (columnCount + 1)
  const drawCount = Math.max(drawCountLeast, Math.min(drawCountMax, Math.floor(drawnNumbersMax / numbersPerDraw)))
  const drawn = names.map(() => new Float64Array(drawCount))
  const rows = new Uint32Array(drawnCount)
  let sinceTurn = 0
  for (let draw = 0; draw < drawCount; draw += 1) {
    for (let at = 0; at < drawnCount; at += 1) rows[at] = Math.floor(random() * rowCount)
    for (const [metric, value] of measure(rows).entries()) {
      drawn[metric]![draw] = scale === 1 ? value : estimates[metric]! + (value - ofDrawable[metric]!) * scale
    }
    sinceTurn += numbersPerDraw
    if (sinceTurn < numbersPerTurn) continue
    sinceTurn = 0
    await giveTurn()
  }
  return Object.fromEntries(
    names.flatMap((name, metric) => {
      const estimate = estimates[metric]!
      if (Number.isNaN(estimate)) return []
      return [[name, { estimate, ...spreadOf(drawn[metric]!, confidence), rowCount: wholeCount }] as const]
    }),
  )
}

function spreadOf(drawn: Float64Array, confidence: number): Pick<MetricInterval, 'lower' | 'upper' | 'standardError'> {
  const values = drawn.filter((value) => !Number.isNaN(value)).sort()
  const tail = (1 - confidence) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    lower: quantileOf(values, tail),
    upper: quantileOf(values, 1 - tail),
    standardError: Math.sqrt(squares / (values.length - 1)),
  }
}
