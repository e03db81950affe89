import { type ConfusionMatrix, confusionMatrix, countClasses, sumOf } from '../classification/confusion-matrix.ts'
import { requireLength } from '../errors.ts'
import { divide, meanOfDefined } from '../labels/average.ts'

/** What {@link maskConfusionMatrix} needs besides the masks. */
export interface MaskOptions {
  /** Number of classes, background included. */
  readonly classCount: number
  /** Pixels with this label do not count, whatever was predicted; 255 in many data sets. Default: all count. */
  readonly ignoredLabel?: number
}

/**
 * Counts the pixels of masks by actual and predicted class. For many images, merge their matrices with
 * {@link mergeConfusionMatrices}.
 *
 * @param labels - Class of each pixel, in any order.
 * @param predictions - Class of each pixel, in the same order.
 */
export function maskConfusionMatrix(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  { classCount, ignoredLabel }: MaskOptions,
): ConfusionMatrix {
  requireLength('Predictions', predictions.length, labels.length)
  if (ignoredLabel === undefined) return confusionMatrix(labels, predictions, { classCount })
  const kept = Uint32Array.from({ length: labels.length }, (_, pixel) => pixel).filter(
    (pixel) => labels[pixel] !== ignoredLabel,
  )
  const labelsKept = Float64Array.from(kept, (pixel) => labels[pixel]!)
  return confusionMatrix(
    labelsKept,
    Float64Array.from(kept, (pixel) => predictions[pixel]!),
    { classCount },
  )
}

/** How well masks lie on each other. */
export interface SegmentationMetrics {
  /** Intersection over union of each class (Jaccard index). NaN for a class that is neither actual nor predicted. */
  readonly iouPerClass: Float64Array
  /** 2 × intersection over the sum of both areas (Dice, which is F1) of each class. NaN likewise. */
  readonly dicePerClass: Float64Array
  /** Mean over the classes that are not NaN. */
  readonly meanIou: number
  /** Mean over the classes that are not NaN. */
  readonly meanDice: number
  /** Share of the pixels that are right. */
  readonly pixelAccuracy: number
  /** Mean of the intersections over unions, weighted by the pixels of each class. */
  readonly frequencyWeightedIou: number
}

/**
 * Metrics over all pixels that a matrix counts, not means over images (Long et al. 2015, 1411.4038; per class they are
 * `jaccard_score` and `f1_score` of scikit-learn). Without pixels all are NaN.
 */
export function segmentationMetrics(matrix: ConfusionMatrix): SegmentationMetrics {
  const { truePositive, actual, predicted } = countClasses(matrix)
  const iouPerClass = truePositive.map((both, index) =>
    divide(both, actual[index]! + predicted[index]! - both, Number.NaN),
  )
  const dicePerClass = truePositive.map((both, index) =>
    divide(2 * both, actual[index]! + predicted[index]!, Number.NaN),
  )
  const pixelCount = sumOf(actual)
  return {
    iouPerClass,
    dicePerClass,
    meanIou: meanOfDefined(iouPerClass),
    meanDice: meanOfDefined(dicePerClass),
    pixelAccuracy: sumOf(truePositive) / pixelCount,
    frequencyWeightedIou:
      sumOf(iouPerClass.map((iou, index) => (actual[index] === 0 ? 0 : iou * actual[index]!))) / pixelCount,
  }
}
