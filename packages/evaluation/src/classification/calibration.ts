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
  { binCount = 10 }: CalibrationOptions = {},
): CalibrationBin[] {
  requireInteger('binCount', binCount, 1)
  requireLength('Confidences', confidences.length, isCorrect.length)
  const counts = new Float64Array(binCount)
  const correctCounts = new Float64Array(binCount)
  const confidenceSums = new Float64Array(binCount)
  for (let row = 0; row < confidences.length; row += 1) {
    const confidence = confidences[row]!
    if (Number.isNaN(confidence)) continue
    const bin = binOf(confidence, binCount)
    counts[bin]! += 1
    confidenceSums[bin]! += confidence
    if (isCorrect[row]) correctCounts[bin]! += 1
  }
  return Array.from(counts, (count, bin) => ({
    lower: bin / binCount,
    upper: (bin + 1) / binCount,
    count,
    accuracy: correctCounts[bin]! / count,
    confidence: confidenceSums[bin]! / count,
  }))
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
  const bins = calibrationBins(isCorrect, confidences, options).filter(({ count }) => count > 0)
  const binnedCount = bins.reduce((sum, { count }) => sum + count, 0)
  if (binnedCount < confidences.length) return Number.NaN
  return bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.accuracy - bin.confidence), 0) / confidences.length
}

/** Multiplying is off by a rounding at the edges, so the edges themselves decide. */
export function binOf(confidence: number, binCount: number): number {
  let bin = Math.min(Math.max(Math.ceil(confidence * binCount) - 1, 0), binCount - 1)
  while (bin > 0 && confidence <= bin / binCount) bin -= 1
  while (bin < binCount - 1 && confidence > (bin + 1) / binCount) bin += 1
  return bin
}
