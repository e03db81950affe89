import { meanOfDefined } from '../labels/average.ts'
import type { BoxFormat } from './boxes.ts'
import { boxesOfClasses } from './boxes-of-classes.ts'
import type { DetectionImage } from './detection-image.ts'
import { type ClassEvaluation, evaluateClass } from './evaluate-class.ts'

/** What the metrics of detections need besides the images. */
export interface DetectionOptions {
  /** Number of classes. */
  readonly classCount: number
  /** What the four numbers of a box are. Default `'corners'`. */
  readonly boxFormat?: BoxFormat
}

/** Average precisions of one class. NaN if it is on no image. */
export interface ClassAveragePrecision {
  /** Mean over the thresholds .50, .55, … .95. */
  readonly averagePrecision: number
  readonly averagePrecision50: number
  readonly averagePrecision75: number
  /** Mean over the thresholds of the recall with 100 detections an image. */
  readonly averageRecall: number
}

/** COCO's twelve numbers, and those of each class. Means are over the classes that are on an image; NaN if none is. */
export interface DetectionMetrics {
  /** Mean average precision over the overlaps .50, .55, … .95: COCO's AP. */
  readonly map: number
  readonly map50: number
  readonly map75: number
  /** Objects below 32² square pixels. */
  readonly mapSmall: number
  readonly mapMedium: number
  /** Objects above 96² square pixels. */
  readonly mapLarge: number
  /** Mean recall with one detection an image and class: COCO's AR. */
  readonly recall1: number
  readonly recall10: number
  readonly recall100: number
  readonly recallSmall: number
  readonly recallMedium: number
  readonly recallLarge: number
  /** In the order of the classes. */
  readonly perClass: readonly ClassAveragePrecision[]
}

/**
 * Mean average precision of boxes by COCO's rules, equal to pycocotools: see {@link matchBoxes} and
 * {@link interpolatedPrecision}. Of an image and class, the 100 detections with the highest scores count.
 *
 * @throws EvaluationError `evaluation-length`, `evaluation-label`, or `evaluation-value` for NaN and for boxes of negative size.
 */
export function detectionMetrics(images: readonly DetectionImage[], options: DetectionOptions): DetectionMetrics {
  const steps = detectionSteps(images, options)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same in many small steps, for a caller that lets others have a turn between them. */
export function* detectionSteps(
  images: readonly DetectionImage[],
  options: DetectionOptions,
): Generator<void, DetectionMetrics> {
  const classes: ClassEvaluation[] = []
  for (const boxes of yield* boxesOfClasses(images, options)) {
    classes.push(yield* evaluateClass(boxes.map((one) => one.boxes)))
  }
  return summarize(classes)
}

function summarize(classes: readonly ClassEvaluation[]): DetectionMetrics {
  const mean = (pick: (one: ClassEvaluation) => number): number => meanOfDefined(classes.map(pick))
  return {
    map: mean(({ all }) => meanOf(all.precisions)),
    map50: mean(({ all }) => all.precisions[0]!),
    map75: mean(({ all }) => all.precisions[5]!),
    mapSmall: mean(({ small }) => meanOf(small.precisions)),
    mapMedium: mean(({ medium }) => meanOf(medium.precisions)),
    mapLarge: mean(({ large }) => meanOf(large.precisions)),
    recall1: mean(({ all }) => meanOf(all.recalls1)),
    recall10: mean(({ all }) => meanOf(all.recalls10)),
    recall100: mean(({ all }) => meanOf(all.recalls100)),
    recallSmall: mean(({ small }) => meanOf(small.recalls100)),
    recallMedium: mean(({ medium }) => meanOf(medium.recalls100)),
    recallLarge: mean(({ large }) => meanOf(large.recalls100)),
    perClass: classes.map(({ all }) => ({
      averagePrecision: meanOf(all.precisions),
      averagePrecision50: all.precisions[0]!,
      averagePrecision75: all.precisions[5]!,
      averageRecall: meanOf(all.recalls100),
    })),
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
