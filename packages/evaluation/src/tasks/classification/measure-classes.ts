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
  for (const row of rows) {
    const [label, prediction] = [labels![row]!, predictions![row]!]
    counts.actual[label]! += 1
    counts.predicted[prediction]! += 1
    if (label === prediction) counts.truePositive[label]! += 1
    calibration.add(label === prediction, scores![row]!)
  }
  const meanOf = (column: Float64Array | undefined): number =>
    rows.reduce((sum, row) => sum + column![row]!, 0) / rows.length
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
    meanOf(logLosses),
    meanOf(briers),
    calibration.error(),
    ofPositive?.precision ?? Number.NaN,
    ofPositive?.recall ?? Number.NaN,
    ofPositive?.f1 ?? Number.NaN,
    ...topK.map((k) => shareBelow(ranks!, rows, k)),
  ]
}

/** Share of the rows whose rank is below k; NaN if one has no rank, because it has no scores. */
function shareBelow(ranks: Float64Array, rows: Uint32Array, k: number): number {
  let count = 0
  for (const row of rows) {
    if (Number.isNaN(ranks[row])) return Number.NaN
    if (ranks[row]! < k) count += 1
  }
  return count / rows.length
}
