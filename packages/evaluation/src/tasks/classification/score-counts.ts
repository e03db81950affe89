import { rankOf } from '../../classification/accuracy.ts'
import { type CalibrationBin, createCalibrationCounts } from '../../classification/calibration.ts'

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

/** What the scores of one row say. */
export interface ScoredRow extends RowScore {
  readonly isCorrect: boolean
}

export function createScoreCounts(topK: readonly number[]): ScoreCounts {
  const topCounts = new Map(topK.map((k) => [k, 0]))
  const calibration = createCalibrationCounts()
  let rowCount = 0
  let logLossSum = 0
  let brierSum = 0
  return {
    get rowCount() {
      return rowCount
    },
    add({ isCorrect, confidence, rank, logLoss, brier }) {
      rowCount += 1
      logLossSum += logLoss
      brierSum += brier
      for (const [k, count] of topCounts) if (rank < k) topCounts.set(k, count + 1)
      calibration.add(isCorrect, confidence)
    },
    logLoss: () => logLossSum / rowCount,
    brier: () => brierSum / rowCount,
    ece: () => calibration.error(),
    bins: () => calibration.bins(),
    topK: (k) => (topCounts.get(k) ?? 0) / rowCount,
  }
}

/** What the scores say of the actual and of the predicted class. */
export interface RowScore {
  /** Score of the prediction. */
  readonly confidence: number
  /** How many classes come before the actual one; Infinity if a score is NaN. */
  readonly rank: number
  /** Its own `logLoss` … */
  readonly logLoss: number
  /** … and `brierScore`. */
  readonly brier: number
}

/** @param scores - Of all classes; `undefined`: all is NaN. */
export function scoreOfRow(label: number, prediction: number, scores: ArrayLike<number> | undefined): RowScore {
  if (scores === undefined) return noScore
  const own = Math.min(Math.max(scores[label]!, Number.EPSILON), 1 - Number.EPSILON)
  let squares = 0
  for (let index = 0; index < scores.length; index += 1) squares += (scores[index]! - (index === label ? 1 : 0)) ** 2
  return {
    confidence: scores[prediction]!,
    rank: rankOf(label, scores, 0, scores.length),
    logLoss: -Math.log(own),
    brier: scores.length === 2 ? squares / 2 : squares,
  }
}

const noScore: RowScore = { confidence: Number.NaN, rank: Number.NaN, logLoss: Number.NaN, brier: Number.NaN }

/** Whether no score is negative and all sum up to 1, but for roundings of float16. NaN says nothing against it. */
export function areProbabilities(scores: ArrayLike<number>): boolean {
  let sum = 0
  for (let index = 0; index < scores.length; index += 1) {
    const score = scores[index]!
    if (score < -1e-3) return false
    sum += score
  }
  return !(Math.abs(sum - 1) > 1e-2)
}
