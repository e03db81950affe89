import type { ConfusionMatrix } from '../../classification/confusion-matrix.ts'
import { precisionRecallCurve } from '../../curves/precision-recall-curve.ts'
import { rocCurve } from '../../curves/roc-curve.ts'
import type { ChartParts } from '../evaluation-task.ts'

/** Rows that a page shows of a table. */
const chartRowsMax = 10_000
/** Beyond, curves lie over each other. */
const curvePointsMax = 200

/** The two curves of a class against all others. */
export interface ClassCurves {
  readonly name: string
  readonly isPositive: Uint8Array
  readonly scores: Float64Array
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

/** Precision against recall: the best precision at each recall or more, on a fixed grid, as W&B draws it. */
export function precisionRecallChart(curves: readonly ClassCurves[]): ChartParts {
  const pointCount = Math.min(101, pointsOf(curves))
  const grid = Array.from({ length: pointCount }, (_, index) => index / (pointCount - 1))
  const points = curves.flatMap(({ name, isPositive, scores }) => {
    const { precision, recall } = precisionRecallCurve(isPositive, scores)
    return bestAtEach(precision, recall, grid).map((best, index) => [name, best, grid[index]!] as const)
  })
  return {
    preset: 'wandb/area-under-curve/v0',
    columns: {
      class: points.map(([name]) => name),
      precision: Float64Array.from(points, ([, value]) => roundTo3(value)),
      recall: Float64Array.from(points, ([, , value]) => roundTo3(value)),
    },
    fields: { x: 'recall', y: 'precision', class: 'class' },
    texts: { title: 'Precision-recall curve', 'x-axis-title': 'Recall', 'y-axis-title': 'Precision' },
  }
}

/** True against false positive rate, thinned to points that are evenly spaced, both ends among them. */
export function rocChart(curves: readonly ClassCurves[]): ChartParts {
  const points = curves.flatMap(({ name, isPositive, scores }) => {
    const { falsePositiveRate, truePositiveRate } = rocCurve(isPositive, scores)
    return thin(falsePositiveRate.length, pointsOf(curves)).map(
      (at) => [name, falsePositiveRate[at]!, truePositiveRate[at]!] as const,
    )
  })
  return {
    preset: 'wandb/area-under-curve/v0',
    columns: {
      class: points.map(([name]) => name),
      fpr: Float64Array.from(points, ([, value]) => roundTo3(value)),
      tpr: Float64Array.from(points, ([, , value]) => roundTo3(value)),
    },
    fields: { x: 'fpr', y: 'tpr', class: 'class' },
    texts: { title: 'ROC curve', 'x-axis-title': 'False positive rate', 'y-axis-title': 'True positive rate' },
  }
}

function pointsOf(curves: readonly ClassCurves[]): number {
  return Math.max(2, Math.min(curvePointsMax, Math.floor(chartRowsMax / Math.max(curves.length, 1))))
}

/** The best precision at each recall of an ascending grid, or more. Along the curve recall falls from 1 to 0. */
function bestAtEach(precision: Float64Array, recall: Float64Array, grid: readonly number[]): number[] {
  let at = 0
  let best = 0
  return grid
    .toReversed()
    .map((wanted) => {
      // A recall of 3/3 less a rounding is still 1.
      for (; at < precision.length && recall[at]! >= wanted - 1e-12; at += 1) best = Math.max(best, precision[at]!)
      return best
    })
    .reverse()
}

function thin(length: number, count: number): number[] {
  if (length <= count) return Array.from({ length }, (_, at) => at)
  return Array.from({ length: count }, (_, index) => Math.round((index * (length - 1)) / (count - 1)))
}

function roundTo3(value: number): number {
  return Math.round(value * 1000) / 1000
}
