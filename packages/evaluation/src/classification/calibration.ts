import { requireInteger, requireLength } from '../errors.ts'

/** The rows whose confidence lies in one interval. */
export interface CalibrationBin {
  /** Confidences of the bin lie above this … */
  readonly lower: number
  /** … and not above this. */
  readonly upper: number
  readonly count: number
  /** Share of its rows that are right. NaN for an empty bin. */
  readonly accuracy: number
  /** Mean confidence of its rows. NaN for an empty bin. */
  readonly confidence: number
}

/** Choices of {@link calibrationBins} and {@link expectedCalibrationError}. */
export interface CalibrationOptions {
  /** Number of bins, all of the same width. Default 10. */
  readonly binCount?: number
}

/**
 * Sorts rows into bins of equal width by their confidence: the points of a reliability diagram.
 *
 * @param isCorrect - One a row; 0 and `false` are wrong predictions.
 * @param confidences - Probability of the predicted class, one a row. 0 belongs to the first bin; a row with NaN to none.
 */
export function calibrationBins(
  isCorrect: ArrayLike<number | boolean>,
  confidences: ArrayLike<number>,
  options: CalibrationOptions = {},
): CalibrationBin[] {
  return countBins(isCorrect, confidences, options).bins()
}

/**
 * Expected calibration error: mean over the rows of |accuracy − mean confidence| of their bin (Guo et al. 2017, 1706.04599).
 * NaN without rows, or with NaN among the confidences.
 *
 * @param isCorrect - One a row; 0 and `false` are wrong predictions.
 * @param confidences - Probability of the predicted class, one a row.
 */
export function expectedCalibrationError(
  isCorrect: ArrayLike<number | boolean>,
  confidences: ArrayLike<number>,
  options: CalibrationOptions = {},
): number {
  return countBins(isCorrect, confidences, options).error()
}

function countBins(
  isCorrect: ArrayLike<number | boolean>,
  confidences: ArrayLike<number>,
  { binCount = 10 }: CalibrationOptions,
): CalibrationCounts {
  requireInteger('binCount', binCount, 1)
  requireLength('Confidences', confidences.length, isCorrect.length)
  const counts = createCalibrationCounts(binCount)
  for (let row = 0; row < confidences.length; row += 1) counts.add(Boolean(isCorrect[row]), confidences[row]!)
  return counts
}

/** Rows by their confidence, that come one by one. */
export interface CalibrationCounts {
  add(isCorrect: boolean, confidence: number): void
  /** As {@link calibrationBins}. */
  bins(): CalibrationBin[]
  /** As {@link expectedCalibrationError}. */
  error(): number
}

export function createCalibrationCounts(binCount = 10): CalibrationCounts {
  const counts = new Float64Array(binCount)
  const correctCounts = new Float64Array(binCount)
  const confidenceSums = new Float64Array(binCount)
  let rowCount = 0
  let hasNaN = false
  return {
    add(isCorrect, confidence) {
      rowCount += 1
      if (Number.isNaN(confidence)) {
        hasNaN = true
        return
      }
      const bin = binOf(confidence, binCount)
      counts[bin]! += 1
      confidenceSums[bin]! += confidence
      if (isCorrect) correctCounts[bin]! += 1
    },
    bins: () =>
      Array.from(counts, (count, bin) => ({
        lower: bin / binCount,
        upper: (bin + 1) / binCount,
        count,
        accuracy: correctCounts[bin]! / count,
        confidence: confidenceSums[bin]! / count,
      })),
    error() {
      if (hasNaN || rowCount === 0) return Number.NaN
      let sum = 0
      for (let bin = 0; bin < binCount; bin += 1) sum += Math.abs(correctCounts[bin]! - confidenceSums[bin]!)
      return sum / rowCount
    },
  }
}

/** Multiplying is off by a rounding at the edges, so the edges themselves decide. */
function binOf(confidence: number, binCount: number): number {
  let bin = Math.min(Math.max(Math.ceil(confidence * binCount) - 1, 0), binCount - 1)
  while (bin > 0 && confidence <= bin / binCount) bin -= 1
  while (bin < binCount - 1 && confidence > (bin + 1) / binCount) bin += 1
  return bin
}
