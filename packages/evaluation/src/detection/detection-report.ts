import { type PrecisionRecallF1Report, reportOfCounts } from '../classification/precision-recall-f1.ts'
import { invalidOption, requireInteger } from '../errors.ts'
import type { ZeroDivision } from '../labels/average.ts'
import { type DetectionImage, prepareImage } from './detection-image.ts'
import type { DetectionOptions } from './detection-metrics.ts'
import { boxesOfClass, matchBoxes } from './match-boxes.ts'

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
  { classCount, boxFormat = 'corners', scoreThreshold, iouThreshold = 0.5, zeroDivision = 0 }: DetectionReportOptions,
): PrecisionRecallF1Report {
  requireInteger('classCount', classCount, 1)
  if (!(iouThreshold > 0 && iouThreshold <= 1)) {
    throw invalidOption(`iouThreshold is ${iouThreshold}`, 'Pass a number above 0 and at most 1.')
  }
  if (Number.isNaN(scoreThreshold)) throw invalidOption('scoreThreshold is NaN', 'Pass a number, or leave it out.')
  const truePositive = new Float64Array(classCount)
  const actual = new Float64Array(classCount)
  const predicted = new Float64Array(classCount)
  for (const image of images) {
    const prepared = prepareImage(image, classCount, boxFormat)
    const isSure = (detection: number): boolean =>
      scoreThreshold === undefined || prepared.detections.scores[detection]! >= scoreThreshold
    for (let label = 0; label < classCount; label += 1) {
      const boxes = boxesOfClass(prepared, label, Number.POSITIVE_INFINITY)
      if (boxes === undefined) continue
      const { outcomes, wantedCount } = matchBoxes(boxes, iouThreshold, { least: 0, most: Number.POSITIVE_INFINITY })
      actual[label]! += wantedCount
      for (const [rank, outcome] of outcomes.entries()) {
        // Scores only fall, so leaving the unsure out afterwards changes no match.
        if (outcome === 'ignored' || !isSure(boxes.detections[rank]!)) continue
        predicted[label]! += 1
        if (outcome === 'right') truePositive[label]! += 1
      }
    }
  }
  return reportOfCounts({ truePositive, actual, predicted }, { zeroDivision })
}
