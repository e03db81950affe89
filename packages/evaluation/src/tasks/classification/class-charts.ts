import type { ConfusionMatrix } from '../../classification/confusion-matrix.ts'
import type { RankedCounts } from '../../curves/ranked-counts.ts'
import type { ChartParts } from '../evaluation-task.ts'

/** Rows that a page shows of a table. */
const chartRowsMax = 10_000
/** Beyond, curves lie over each other. */
const curvePointsMax = 200
const recallGridMax = 101

/** The two curves of a class against all others, thinned to the points that are drawn. */
export interface ClassCurves {
  readonly name: string
  /** The best precision at each recall of a falling grid, or more, as W&B draws it. */
  readonly precision: readonly number[]
  readonly recall: readonly number[]
  /** Evenly spaced points, both ends among them. */
  readonly falsePositiveRate: readonly number[]
  readonly truePositiveRate: readonly number[]
}

/**
 * @param counts - With at least one positive and one negative row.
 * @param classCount - Number of classes that are drawn, which share the rows of a chart.
 */
export function classCurves(name: string, counts: RankedCounts, classCount: number): ClassCurves {
  const { truePositive, falsePositive, positiveCount, negativeCount } = counts
  const pointCount = Math.max(2, Math.min(curvePointsMax, Math.floor(chartRowsMax / Math.max(classCount, 1))))
  const gridCount = Math.min(recallGridMax, pointCount)
  const recall = Array.from({ length: gridCount }, (_, index) => 1 - index / (gridCount - 1))
  const kept = thin(truePositive.length, pointCount - 1)
  return {
    name,
    precision: bestPrecisions(counts, recall),
    recall,
    falsePositiveRate: [0, ...kept.map((at) => falsePositive[at]! / negativeCount)],
    truePositiveRate: [0, ...kept.map((at) => truePositive[at]! / positiveCount)],
  }
}

/** All pairs of classes, zeros included, as W&B's preset wants them. `undefined` for more pairs than a page shows. */
export function confusionMatrixChart(
  names: readonly string[],
  { counts, classCount }: ConfusionMatrix,
): ChartParts | undefined {
  if (classCount ** 2 > chartRowsMax || classCount === 0) return undefined
  return {
    preset: 'wandb/confusion_matrix/v1',
    columns: {
      Actual: names.flatMap((name) => names.map(() => name)),
      Predicted: names.flatMap(() => names),
      nPredictions: counts,
    },
    fields: { Actual: 'Actual', Predicted: 'Predicted', nPredictions: 'nPredictions' },
    texts: { title: 'Confusion matrix' },
  }
}

export function precisionRecallChart(curves: readonly ClassCurves[]): ChartParts {
  return {
    preset: 'wandb/area-under-curve/v0',
    columns: {
      class: curves.flatMap(({ name, recall }) => recall.map(() => name)),
      precision: Float64Array.from(curves.flatMap(({ precision }) => precision.map(roundTo3))),
      recall: Float64Array.from(curves.flatMap(({ recall }) => recall.map(roundTo3))),
    },
    fields: { x: 'recall', y: 'precision', class: 'class' },
    texts: { title: 'Precision-recall curve', 'x-axis-title': 'Recall', 'y-axis-title': 'Precision' },
  }
}

export function rocChart(curves: readonly ClassCurves[]): ChartParts {
  return {
    preset: 'wandb/area-under-curve/v0',
    columns: {
      class: curves.flatMap(({ name, falsePositiveRate }) => falsePositiveRate.map(() => name)),
      fpr: Float64Array.from(curves.flatMap(({ falsePositiveRate }) => falsePositiveRate.map(roundTo3))),
      tpr: Float64Array.from(curves.flatMap(({ truePositiveRate }) => truePositiveRate.map(roundTo3))),
    },
    fields: { x: 'fpr', y: 'tpr', class: 'class' },
    texts: { title: 'ROC curve', 'x-axis-title': 'False positive rate', 'y-axis-title': 'True positive rate' },
  }
}

/** The best precision at each recall of a falling grid, or more. Without any prediction it is 1 at a recall of 0. */
function bestPrecisions(
  { truePositive, falsePositive, positiveCount }: RankedCounts,
  grid: readonly number[],
): number[] {
  let at = truePositive.length - 1
  let best = 0
  return grid.map((wanted) => {
    // A recall of 3/3 less a rounding is still 1.
    while (at >= 0 && truePositive[at]! >= (wanted - 1e-12) * positiveCount) {
      best = Math.max(best, truePositive[at]! / (truePositive[at]! + falsePositive[at]!))
      at -= 1
    }
    return wanted === 0 ? 1 : best
  })
}

function thin(length: number, count: number): number[] {
  if (length <= count) return Array.from({ length }, (_, at) => at)
  return Array.from({ length: count }, (_, index) => Math.round((index * (length - 1)) / (count - 1)))
}

function roundTo3(value: number): number {
  return Math.round(value * 1000) / 1000
}
