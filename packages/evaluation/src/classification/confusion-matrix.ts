import { requireInteger, requireLabels, requireLength } from '../errors.ts'

/** How often each class was predicted as which. */
export interface ConfusionMatrix {
  readonly classCount: number
  /** Classes × classes, row by row: `counts[actual * classCount + predicted]`. */
  readonly counts: Float64Array
}

/** What {@link confusionMatrix} needs besides the labels. */
export interface ConfusionMatrixOptions {
  /** Number of classes. */
  readonly classCount: number
}

/**
 * Counts pairs of actual and predicted class. Rows are actual classes, columns predicted ones, as in scikit-learn.
 *
 * @param labels - Index of the actual class of each row.
 * @param predictions - Index of the predicted class of each row.
 * @throws EvaluationError `evaluation-length` or `evaluation-label`. No rows give zeros.
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  { classCount }: ConfusionMatrixOptions,
): ConfusionMatrix {
  requireInteger('classCount', classCount, 1)
  requireLength('Predictions', predictions.length, labels.length)
  requireLabels('Labels', labels, classCount)
  requireLabels('Predictions', predictions, classCount)
  const counts = new Float64Array(classCount * classCount)
  for (let row = 0; row < labels.length; row += 1) counts[labels[row]! * classCount + predictions[row]!]! += 1
  return { classCount, counts }
}

/** The matrix of the rows of both: for data that comes in parts. */
export function mergeConfusionMatrices(first: ConfusionMatrix, second: ConfusionMatrix): ConfusionMatrix {
  requireLength('Counts of the second matrix', second.counts.length, first.counts.length)
  return { classCount: first.classCount, counts: first.counts.map((count, at) => count + second.counts[at]!) }
}

/** What a matrix says about its classes. */
export interface ClassCounts {
  /** Rows of each class that were predicted as such. */
  readonly truePositive: Float64Array
  /** Rows of each class. */
  readonly actual: Float64Array
  /** Rows that were predicted as each class. */
  readonly predicted: Float64Array
}

/** Sums of a matrix along its diagonal, rows and columns. */
export function countClasses({ classCount, counts }: ConfusionMatrix): ClassCounts {
  const truePositive = new Float64Array(classCount)
  const actual = new Float64Array(classCount)
  const predicted = new Float64Array(classCount)
  for (let row = 0; row < classCount; row += 1) {
    truePositive[row] = counts[row * classCount + row]!
    for (let column = 0; column < classCount; column += 1) {
      const count = counts[row * classCount + column]!
      actual[row]! += count
      predicted[column]! += count
    }
  }
  return { truePositive, actual, predicted }
}

/** Sum of all counts, which are whole numbers. */
export function sumOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index += 1) sum += values[index]!
  return sum
}
