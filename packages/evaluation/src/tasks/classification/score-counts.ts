import { rankOf } from '../../classification/accuracy.ts'
import { binOf, type CalibrationBin } from '../../classification/calibration.ts'

/** Sums over the scores of rows: what needs no score again once its row is counted. */
export interface ScoreCounts {
  readonly rowCount: number
  add(row: ScoredRow): void
  /** Mean of −ln(probability of the actual class), as `logLoss`. */
  logLoss(): number
  /** As `brierScore`. */
  brier(): number
  /** As `expectedCalibrationError`. */
  ece(): number
  bins(): CalibrationBin[]
  /** Share of rows whose class has one of the k highest scores, as `topKAccuracy`. */
  topK(k: number): number
}

/** The scores of one row. */
export interface ScoredRow {
  readonly label: number
  readonly prediction: number
  readonly scores: ArrayLike<number>
  readonly logLoss: number
  readonly brier: number
}

const binCount = 10

export function createScoreCounts(topK: readonly number[]): ScoreCounts {
  const topCounts = new Map(topK.map((k) => [k, 0]))
  const counts = new Float64Array(binCount)
  const correctCounts = new Float64Array(binCount)
  const confidenceSums = new Float64Array(binCount)
  let rowCount = 0
  let logLossSum = 0
  let brierSum = 0
  let hasNaN = false

  const bins = (): CalibrationBin[] =>
    Array.from(counts, (count, bin) => ({
      lower: bin / binCount,
      upper: (bin + 1) / binCount,
      count,
      accuracy: correctCounts[bin]! / count,
      confidence: confidenceSums[bin]! / count,
    }))
  return {
    get rowCount() {
      return rowCount
    },
    add({ label, prediction, scores, logLoss, brier }) {
      rowCount += 1
      logLossSum += logLoss
      brierSum += brier
      for (const [k, count] of topCounts) {
        if (rankOf(label, scores, 0, scores.length) < k) topCounts.set(k, count + 1)
      }
      const confidence = scores[prediction]!
      if (Number.isNaN(confidence)) {
        hasNaN = true
        return
      }
      const bin = binOf(confidence, binCount)
      counts[bin]! += 1
      confidenceSums[bin]! += confidence
      if (label === prediction) correctCounts[bin]! += 1
    },
    logLoss: () => logLossSum / rowCount,
    brier: () => brierSum / rowCount,
    ece() {
      if (hasNaN || rowCount === 0) return Number.NaN
      const filled = bins().filter(({ count }) => count > 0)
      return filled.reduce((sum, bin) => sum + bin.count * Math.abs(bin.accuracy - bin.confidence), 0) / rowCount
    },
    bins,
    topK: (k) => (topCounts.get(k) ?? 0) / rowCount,
  }
}

/** What a row costs: its own `logLoss` and `brierScore`. */
export function costOfRow(label: number, scores: ArrayLike<number>): { logLoss: number; brier: number } {
  const own = Math.min(Math.max(scores[label]!, Number.EPSILON), 1 - Number.EPSILON)
  let squares = 0
  for (let index = 0; index < scores.length; index += 1) squares += (scores[index]! - (index === label ? 1 : 0)) ** 2
  return { logLoss: -Math.log(own), brier: scores.length === 2 ? squares / 2 : squares }
}

/** Whether scores are all from 0 to 1 and sum up to 1, but for roundings of float16. NaN says nothing against it. */
export function areProbabilities(scores: ArrayLike<number>): boolean {
  let sum = 0
  for (let index = 0; index < scores.length; index += 1) {
    const score = scores[index]!
    if (score < -1e-3 || score > 1 + 1e-3) return false
    sum += score
  }
  return !(Math.abs(sum - 1) > 1e-2)
}
