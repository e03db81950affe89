import { balancedAccuracyOfCounts } from '../../classification/accuracy.ts'
import { kappaOfCounts, matthewsOfCounts } from '../../classification/agreement.ts'
import { createCalibrationCounts } from '../../classification/calibration.ts'
import { type ClassCounts, sumOf } from '../../classification/confusion-matrix.ts'
import { reportOfCounts } from '../../classification/precision-recall-f1.ts'
import type { RecordColumns } from '../evaluation-task.ts'

/** What {@link measureClasses} returns, but for the accuracies of `topK` behind it. */
export const measuredMetrics: readonly string[] = [
  ...['accuracy', 'balanced_accuracy', 'precision_macro', 'recall_macro', 'f1_macro', 'f1_weighted', 'mcc'],
  ...['cohen_kappa', 'log_loss', 'brier', 'ece', 'precision', 'recall', 'f1'],
]

export interface MeasureOptions {
  readonly classCount: number
  readonly positive: number | undefined
  readonly topK: readonly number[]
}

/**
 * Metrics of some of the rows, from their records: label, prediction, log loss, Brier score, score of the prediction, rank of the
 * label. NaN for what the rows do not have.
 */
export function measureClasses(
  [labels, predictions, logLosses, briers, scores, ranks]: RecordColumns,
  rows: Uint32Array,
  { classCount, positive, topK }: MeasureOptions,
): number[] {
  const counts: ClassCounts = {
    truePositive: new Float64Array(classCount),
    actual: new Float64Array(classCount),
    predicted: new Float64Array(classCount),
  }
  const calibration = createCalibrationCounts()
  const topCounts = new Float64Array(topK.length)
  let [logLossSum, brierSum] = [0, 0]
  // One loop over all, since it is run for ten million rows: `reduce` for each column takes twice as long.
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at]!
    const [label, prediction, rank] = [labels![row]!, predictions![row]!, ranks![row]!]
    counts.actual[label]! += 1
    counts.predicted[prediction]! += 1
    if (label === prediction) counts.truePositive[label]! += 1
    logLossSum += logLosses![row]!
    brierSum += briers![row]!
    calibration.add(label === prediction, scores![row]!)
    for (let index = 0; index < topK.length; index += 1) {
      // A row without scores has no rank, and then the share of all rows is not known.
      if (Number.isNaN(rank)) topCounts[index] = Number.NaN
      else if (rank < topK[index]!) topCounts[index]! += 1
    }
  }
  const { perClass, macro, weighted } = reportOfCounts(counts)
  const ofPositive = positive === undefined ? undefined : perClass[positive]
  return [
    sumOf(counts.truePositive) / rows.length,
    balancedAccuracyOfCounts(counts),
    macro.precision,
    macro.recall,
    macro.f1,
    weighted.f1,
    matthewsOfCounts(counts),
    kappaOfCounts(counts),
    logLossSum / rows.length,
    brierSum / rows.length,
    calibration.error(),
    ofPositive?.precision ?? Number.NaN,
    ofPositive?.recall ?? Number.NaN,
    ofPositive?.f1 ?? Number.NaN,
    ...Array.from(topCounts, (count) => count / rows.length),
  ]
}
