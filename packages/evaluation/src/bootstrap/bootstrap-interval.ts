import { invalidOption, requireInteger, requireOneOf } from '../errors.ts'
import { quantileOf } from './quantile-of.ts'
import { createSeededRandom } from './seeded-random.ts'

/** Choices of {@link bootstrapInterval}. */
export interface BootstrapOptions {
  /** How often rows are drawn. Default 1,000. */
  readonly resampleCount?: number
  /** Share of the intervals that hold the true value. Default 0.95. */
  readonly confidenceLevel?: number
  /**
   * `'percentile'` (default): from one quantile of the drawn values to the other. `'basic'`: these mirrored at the estimate, which
   * can leave the range of the metric.
   */
  readonly method?: 'percentile' | 'basic'
  /** The same seed gives the same interval. Default 0. */
  readonly seed?: number
  /** Random numbers from 0 to below 1, instead of those of the seed. */
  readonly random?: () => number
}

/** A value and how sure it is. */
export interface BootstrapInterval {
  /** The value of all rows, each once. */
  readonly estimate: number
  readonly lower: number
  readonly upper: number
  /** Standard deviation of the drawn values. */
  readonly standardError: number
  /** Draws whose value was NaN, such as an area under a curve of one class. They are left out. */
  readonly undefinedCount: number
}

/**
 * Confidence interval of any metric by drawing rows with replacement (Efron 1979). `scipy.stats.bootstrap` of the same method.
 * For the difference of two models, let the metric be the difference of theirs on the same rows.
 *
 * @param rowCount - Number of rows. 0 gives NaN, 1 an interval without width.
 * @param metric - Value for a list of rows, some more than once. The list is used again for the next draw: copy it to keep it.
 * @throws EvaluationError `evaluation-option`.
 */
export function bootstrapInterval(
  rowCount: number,
  metric: (rows: Uint32Array) => number,
  {
    resampleCount = 1000,
    confidenceLevel = 0.95,
    method = 'percentile',
    seed = 0,
    random = createSeededRandom(seed),
  }: BootstrapOptions = {},
): BootstrapInterval {
  requireInteger('rowCount', rowCount, 0)
  requireInteger('resampleCount', resampleCount, 1)
  requireOneOf('method', method, ['percentile', 'basic'])
  if (!(confidenceLevel > 0 && confidenceLevel < 1)) {
    throw invalidOption(`confidenceLevel is ${confidenceLevel}`, 'Pass a number between 0 and 1, such as 0.95.')
  }
  const rows = Uint32Array.from({ length: rowCount }, (_, row) => row)
  const estimate = rowCount === 0 ? Number.NaN : metric(rows)
  const drawn = new Float64Array(rowCount === 0 ? 0 : resampleCount)
  for (let draw = 0; draw < drawn.length; draw += 1) {
    for (let at = 0; at < rowCount; at += 1) rows[at] = Math.floor(random() * rowCount)
    drawn[draw] = metric(rows)
  }
  const values = drawn.filter((value) => !Number.isNaN(value)).sort()
  const tail = (1 - confidenceLevel) / 2
  const [low, high] = [quantileOf(values, tail), quantileOf(values, 1 - tail)]
  return {
    estimate,
    lower: method === 'percentile' ? low : 2 * estimate - high,
    upper: method === 'percentile' ? high : 2 * estimate - low,
    standardError: standardDeviationOf(values),
    undefinedCount: drawn.length - values.length,
  }
}

/** Confidence interval of the mean of one value a row. NaN among the values makes everything NaN. */
export function bootstrapMean(values: ArrayLike<number>, options: BootstrapOptions = {}): BootstrapInterval {
  return bootstrapInterval(
    values.length,
    (rows) => rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length,
    options,
  )
}

/** Of a sample: over n − 1. */
function standardDeviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}
