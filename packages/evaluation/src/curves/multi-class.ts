import { requireProbabilities } from '../classification/probability-scores.ts'
import { meanOfDefined, weightedMeanOfDefined } from '../labels/average.ts'
import { scoresOfClass } from '../labels/score-rows.ts'
import { averagePrecision } from './precision-recall-curve.ts'
import { rocAuc } from './roc-curve.ts'

/** A metric of two classes, for each class against all others. */
export interface OneVsRestReport {
  /** In the order of the classes. NaN for a class that no row, or every row, has. */
  readonly perClass: Float64Array
  /** Plain mean over the classes that are not NaN. */
  readonly macro: number
  /** Mean over these, weighted by their rows. */
  readonly weighted: number
}

/** What the metrics of several classes need besides labels and scores. */
export interface MultiClassOptions {
  /** Number of classes, which is the length of a row of scores. */
  readonly classCount: number
}

/**
 * Area under the ROC curve of each class against the rest. `roc_auc_score(multi_class='ovr')` of scikit-learn; unlike there, a
 * class without rows is no error but left out of the averages.
 *
 * @param scores - Rows × classes, row by row. NaN among them makes the result NaN.
 */
export function rocAucOneVsRest(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  { classCount }: MultiClassOptions,
): OneVsRestReport {
  return oneVsRest(labels, scores, classCount, rocAuc)
}

/**
 * Average precision of each class against the rest. `average_precision_score` of scikit-learn on binarised labels, whose macro
 * average counts a class without rows as 0; here it is NaN and left out of the averages.
 *
 * @param scores - Rows × classes, row by row. NaN among them makes the result NaN.
 */
export function averagePrecisionOneVsRest(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  { classCount }: MultiClassOptions,
): OneVsRestReport {
  return oneVsRest(labels, scores, classCount, averagePrecision)
}

/** Averages of {@link rocAucOneVsOne}. */
export interface OneVsOneReport {
  /** Plain mean over the pairs of classes. */
  readonly macro: number
  /** Mean over the pairs, weighted by how many rows have one of the two classes. */
  readonly weighted: number
}

/**
 * Area under the ROC curve, averaged over all pairs of classes; of a pair, over which one is the positive (Hand and Till
 * 2001). `roc_auc_score(multi_class='ovo')` of scikit-learn. Pairs with a class that has no rows are left out; NaN if none is
 * left, or with NaN among the scores.
 *
 * @param scores - Rows × classes, row by row.
 */
export function rocAucOneVsOne(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  { classCount }: MultiClassOptions,
): OneVsOneReport {
  requireProbabilities(labels, scores, classCount)
  const rowsOfClass: number[][] = Array.from({ length: classCount }, () => [])
  for (let row = 0; row < labels.length; row += 1) rowsOfClass[labels[row]!]!.push(row)
  const areas: number[] = []
  const rowCounts: number[] = []
  for (let first = 0; first < classCount; first += 1) {
    for (let second = first + 1; second < classCount; second += 1) {
      const rows = [...rowsOfClass[first]!, ...rowsOfClass[second]!]
      const areaOf = (positive: number): number =>
        rocAuc(
          rows.map((row) => labels[row] === positive),
          rows.map((row) => scores[row * classCount + positive]!),
        )
      if (rowsOfClass[first]!.length === 0 || rowsOfClass[second]!.length === 0) continue
      areas.push((areaOf(first) + areaOf(second)) / 2)
      rowCounts.push(rows.length)
    }
  }
  if (areas.some(Number.isNaN)) return { macro: Number.NaN, weighted: Number.NaN }
  return { macro: meanOfDefined(areas), weighted: weightedMeanOfDefined(areas, rowCounts) }
}

/** Rows of a class are 1, all others 0: what curves of two classes take. */
export function isOfClass(labels: ArrayLike<number>, classIndex: number): Uint8Array {
  // A loop, because `from` with a function is ten times slower.
  const isClass = new Uint8Array(labels.length)
  for (let row = 0; row < labels.length; row += 1) isClass[row] = labels[row] === classIndex ? 1 : 0
  return isClass
}

function oneVsRest(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  classCount: number,
  metric: (isPositive: Uint8Array, scores: Float64Array) => number,
): OneVsRestReport {
  requireProbabilities(labels, scores, classCount)
  const perClass = new Float64Array(classCount)
  const supports = new Float64Array(classCount)
  let hasNaNScores = false
  for (let index = 0; index < classCount; index += 1) {
    const isPositive = isOfClass(labels, index)
    supports[index] = isPositive.reduce((sum, one) => sum + one, 0)
    const value = metric(isPositive, scoresOfClass(scores, classCount, index))
    perClass[index] = supports[index] === 0 ? Number.NaN : value
    const isDefined = supports[index]! > 0 && supports[index]! < labels.length
    if (isDefined && Number.isNaN(value)) hasNaNScores = true
  }
  if (hasNaNScores) return { perClass, macro: Number.NaN, weighted: Number.NaN }
  return { perClass, macro: meanOfDefined(perClass), weighted: weightedMeanOfDefined(perClass, supports) }
}
