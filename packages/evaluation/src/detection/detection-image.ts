import { invalidValue, requireLabels, requireLength } from '../errors.ts'
import { areaOf, type BoxFormat, toSizes } from './boxes.ts'

/** What is on an image. */
export interface GroundTruth {
  /** Four numbers a box. */
  readonly boxes: ArrayLike<number>
  /** Index of the class of each box. */
  readonly labels: ArrayLike<number>
  /** Boxes that stand for a group (COCO's `iscrowd`): nobody has to find them, and whatever lies in them is no error. Default: none. */
  readonly isCrowd?: ArrayLike<number | boolean>
  /** Area of each object, in square pixels, where it is not that of its box. */
  readonly areas?: ArrayLike<number>
}

/** What a model found on an image. */
export interface Detections {
  /** Four numbers a box. */
  readonly boxes: ArrayLike<number>
  /** Index of the class of each box. */
  readonly labels: ArrayLike<number>
  /** Confidence of each box. */
  readonly scores: ArrayLike<number>
}

/** Both for one image. */
export interface DetectionImage {
  readonly truth: GroundTruth
  readonly detections: Detections
}

/** One image after checks: boxes of one form, detections by falling score. */
export interface PreparedImage {
  readonly truth: {
    readonly boxes: Float64Array
    readonly labels: Int32Array
    readonly areas: Float64Array
    readonly isCrowd: readonly boolean[]
  }
  readonly detections: {
    readonly boxes: Float64Array
    readonly labels: ArrayLike<number>
    readonly scores: ArrayLike<number>
    /** Indices, the highest score first; of equal scores the earlier first. */
    readonly order: Uint32Array
  }
}

/** Checks an image and brings it into the form that matching wants. */
export function prepareImage(
  { truth, detections }: DetectionImage,
  classCount: number,
  format: BoxFormat,
): PreparedImage {
  const truthCount = truth.labels.length
  const detectionCount = detections.labels.length
  requireLabels('Labels of the ground truth', truth.labels, classCount)
  requireLabels('Labels of detections', detections.labels, classCount)
  requireLength('Scores of detections', detections.scores.length, detectionCount)
  const truthBoxes = toSizes('Boxes of the ground truth', truth.boxes, truthCount, format)
  const { areas, isCrowd } = truth
  if (areas !== undefined) requireLength('Areas', areas.length, truthCount)
  if (isCrowd !== undefined) requireLength('isCrowd', isCrowd.length, truthCount)
  return {
    truth: {
      boxes: truthBoxes,
      labels: Int32Array.from(truth.labels),
      areas: Float64Array.from({ length: truthCount }, (_, box) => areas?.[box] ?? areaOf(truthBoxes, box)),
      isCrowd: Array.from({ length: truthCount }, (_, box) => Boolean(isCrowd?.[box])),
    },
    detections: {
      boxes: toSizes('Boxes of detections', detections.boxes, detectionCount, format),
      labels: detections.labels,
      scores: detections.scores,
      order: orderByScore(detections.scores),
    },
  }
}

/** Indices from the highest score to the lowest; of equal scores the earlier first. */
function orderByScore(scores: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({ length: scores.length }, (_, index) => index)
  for (const index of order) {
    if (!Number.isNaN(scores[index])) continue
    throw invalidValue(`The score of detection ${index} is NaN.`, 'Leave detections without a score out.')
  }
  return order.sort((first, second) =>
    scores[first]! === scores[second]! ? first - second : scores[first]! > scores[second]! ? -1 : 1,
  )
}
