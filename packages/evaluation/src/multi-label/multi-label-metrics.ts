import type { ClassCounts } from '../classification/confusion-matrix.ts'
import {
  averageOf,
  type PrecisionRecallF1,
  type PrecisionRecallF1Report,
  reportOfCounts,
  threeOf,
} from '../classification/precision-recall-f1.ts'
import { requireLength } from '../errors.ts'
import { meanOfDefined, type ZeroDivision } from '../labels/average.ts'
import { countRows } from '../labels/score-rows.ts'

/** Metrics of rows that may have several labels, or none. */
export interface MultiLabelReport extends PrecisionRecallF1Report {
  /** Mean of the three over the rows. */
  readonly samples: PrecisionRecallF1
  /** Share of the rows whose labels were all predicted, and no other. NaN without rows. */
  readonly subsetAccuracy: number
  /** Share of the cells of rows × labels that are wrong. NaN without rows. */
  readonly hammingLoss: number
}

/** What {@link multiLabelMetrics} needs besides labels and predictions. */
export interface MultiLabelOptions {
  /** Number of labels, which is the length of a row. */
  readonly labelCount: number
  /** What 0/0 gives: 0, 1, or NaN, which averages leave out. Default 0, as scikit-learn. */
  readonly zeroDivision?: ZeroDivision
}

/**
 * Precision, recall and F1 of each label and their averages (all labels count, also those that never occur), accuracy of the
 * subset and Hamming loss. `precision_recall_fscore_support`, `accuracy_score` and `hamming_loss` of scikit-learn on
 * indicator matrices.
 *
 * @param labels - Rows × labels, row by row; 0 and `false`: the row does not have the label.
 * @param predictions - Of the same shape.
 */
export function multiLabelMetrics(
  labels: ArrayLike<number | boolean>,
  predictions: ArrayLike<number | boolean>,
  { labelCount, zeroDivision = 0 }: MultiLabelOptions,
): MultiLabelReport {
  const rowCount = countLabelRows(labels, labelCount)
  requireLength('Predictions', predictions.length, labels.length)
  const perLabel = emptyCounts(labelCount)
  const perRow = emptyCounts(rowCount)
  let wrongCount = 0
  const wrongRows = new Uint8Array(rowCount)
  for (let at = 0; at < labels.length; at += 1) {
    const row = Math.floor(at / labelCount)
    const isActual = Boolean(labels[at])
    const isPredicted = Boolean(predictions[at])
    for (const [counts, index] of [[perLabel, at % labelCount] as const, [perRow, row] as const]) {
      if (isActual) counts.actual[index]! += 1
      if (isPredicted) counts.predicted[index]! += 1
      if (isActual && isPredicted) counts.truePositive[index]! += 1
    }
    if (isActual === isPredicted) continue
    wrongCount += 1
    wrongRows[row] = 1
  }
  return {
    ...reportOfCounts(perLabel, { zeroDivision, averagedClasses: 'all' }),
    samples: averageOf(threesOf(perRow, zeroDivision), meanOfDefined),
    subsetAccuracy: wrongRows.filter((isWrong) => isWrong === 0).length / rowCount,
    hammingLoss: wrongCount / labels.length,
  }
}

function threesOf({ truePositive, actual, predicted }: ClassCounts, zeroDivision: ZeroDivision): PrecisionRecallF1[] {
  return Array.from(truePositive, (count, row) => threeOf(count, actual[row]!, predicted[row]!, zeroDivision))
}

function emptyCounts(length: number): ClassCounts {
  return {
    truePositive: new Float64Array(length),
    actual: new Float64Array(length),
    predicted: new Float64Array(length),
  }
}

function countLabelRows(labels: ArrayLike<number | boolean>, labelCount: number): number {
  return countRows({ length: labels.length }, labelCount)
}
