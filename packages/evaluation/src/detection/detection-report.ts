import type { ClassCounts } from '../classification/confusion-matrix.ts'
import { type PrecisionRecallF1Report, reportOfCounts } from '../classification/precision-recall-f1.ts'
import { invalidOption, requireInteger } from '../errors.ts'
import type { ZeroDivision } from '../labels/average.ts'
import { type DetectionImage, prepareImage } from './detection-image.ts'
import type { DetectionOptions } from './detection-metrics.ts'
import { type AreaRange, boxesByClass, matchBoxes, outcomes, wantedColumns } from './match-boxes.ts'

/** Choices of {@link detectionReport}. */
export interface DetectionReportOptions extends DetectionOptions {
  /** Detections with a lower score do not count. Default: all count. */
  readonly scoreThreshold?: number
  /** Least overlap of a detection that is right. Default 0.5. */
  readonly iouThreshold?: number
  /** What 0/0 gives: 0, 1, or NaN, which averages leave out. Default 0. */
  readonly zeroDivision?: ZeroDivision
}

/**
 * Precision, recall and F1 of the detections from a score on, matched by the rules of {@link detectionMetrics}: what a model
 * does when it is used with that threshold. Macro averages are over the classes that are on an image or were detected.
 *
 * @throws EvaluationError as {@link detectionMetrics}, and `evaluation-option` for an overlap that is not above 0 and at most 1.
 */
export function detectionReport(
  images: readonly DetectionImage[],
  options: DetectionReportOptions,
): PrecisionRecallF1Report {
  checkReportOptions(options)
  const counts = emptyDetectionCounts(options.classCount)
  for (const image of images) addDetectionCounts(counts, countDetections(image, options))
  return reportOfCounts(counts, { zeroDivision: options.zeroDivision ?? 0 })
}

/** @throws EvaluationError `evaluation-option`. */
export function checkReportOptions({ classCount, iouThreshold = 0.5, scoreThreshold }: DetectionReportOptions): void {
  requireInteger('classCount', classCount, 1)
  if (!(iouThreshold > 0 && iouThreshold <= 1)) {
    throw invalidOption(`iouThreshold is ${iouThreshold}`, 'Pass a number above 0 and at most 1.')
  }
  if (Number.isNaN(scoreThreshold)) throw invalidOption('scoreThreshold is NaN', 'Pass a number, or leave it out.')
}

/** Counts of one image. */
export interface DetectionCounts extends ClassCounts {
  /** The highest score of a detection that is wrong; `undefined` if none is. */
  readonly surestWrongScore: number | undefined
}

/** Counts without an image. */
export function emptyDetectionCounts(classCount: number): ClassCounts {
  return {
    truePositive: new Float64Array(classCount),
    actual: new Float64Array(classCount),
    predicted: new Float64Array(classCount),
  }
}

export function addDetectionCounts(sums: ClassCounts, counts: ClassCounts): void {
  for (const name of ['truePositive', 'actual', 'predicted'] as const) {
    for (let label = 0; label < sums[name].length; label += 1) sums[name][label]! += counts[name][label]!
  }
}

const anyArea: AreaRange = { least: 0, most: Number.POSITIVE_INFINITY }

/** @throws EvaluationError as {@link detectionMetrics}. */
export function countDetections(
  image: DetectionImage,
  { classCount, boxFormat = 'corners', scoreThreshold, iouThreshold = 0.5 }: DetectionReportOptions,
): DetectionCounts {
  const counts = emptyDetectionCounts(classCount)
  const prepared = prepareImage(image, classCount, boxFormat)
  const { scores } = prepared.detections
  let surestWrongScore: number | undefined
  for (const [label, boxes] of boxesByClass(prepared, Number.POSITIVE_INFINITY)) {
    const columns = wantedColumns(boxes, anyArea)
    const ofDetections = new Uint8Array(boxes.detections.length)
    matchBoxes(boxes, { iouThreshold, range: anyArea, ...columns }, ofDetections)
    counts.actual[label]! += columns.wanted.length
    for (const [rank, outcome] of ofDetections.entries()) {
      const score = scores[boxes.detections[rank]!]!
      // Scores only fall, so leaving the unsure out afterwards changes no match.
      if (outcome === outcomes.ignored || (scoreThreshold !== undefined && score < scoreThreshold)) continue
      counts.predicted[label]! += 1
      if (outcome === outcomes.right) counts.truePositive[label]! += 1
      else if (surestWrongScore === undefined || score > surestWrongScore) surestWrongScore = score
    }
  }
  return { ...counts, surestWrongScore }
}
