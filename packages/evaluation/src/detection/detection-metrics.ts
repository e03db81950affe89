import { requireInteger } from '../errors.ts'
import { meanOfDefined } from '../labels/average.ts'
import type { BoxFormat } from './boxes.ts'
import { type DetectionImage, type PreparedImage, prepareImage } from './detection-image.ts'
import { interpolatedPrecision } from './interpolated-precision.ts'
import { type AreaRange, boxesOfClass, type ClassBoxes, type Matches, matchBoxes } from './match-boxes.ts'

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

// numpy.linspace(.5, .95, 10), to the last bit: overlaps are compared with these.
const iouThresholds = Array.from({ length: 10 }, (_, index) => (index === 9 ? 0.95 : index * ((0.95 - 0.5) / 9) + 0.5))
const detectionsMax = 100
const ranges = {
  all: { least: 0, most: 1e10 },
  small: { least: 0, most: 32 ** 2 },
  medium: { least: 32 ** 2, most: 96 ** 2 },
  large: { least: 96 ** 2, most: 1e10 },
} as const satisfies Record<string, AreaRange>

/**
 * Mean average precision of boxes by COCO's rules, equal to pycocotools: see {@link matchBoxes} and
 * {@link interpolatedPrecision}. Of an image and class, the 100 detections with the highest scores count.
 *
 * @throws EvaluationError `evaluation-length`, `evaluation-label`, or `evaluation-value` for NaN and for boxes of negative size.
 */
export function detectionMetrics(
  images: readonly DetectionImage[],
  { classCount, boxFormat = 'corners' }: DetectionOptions,
): DetectionMetrics {
  requireInteger('classCount', classCount, 1)
  const prepared = images.map((image) => prepareImage(image, classCount, boxFormat))
  const classes = Array.from({ length: classCount }, (_, label) => evaluateClass(prepared, label))
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

/** Values of one class and range of areas, for each threshold. */
interface RangeEvaluation {
  readonly precisions: readonly number[]
  readonly recalls1: readonly number[]
  readonly recalls10: readonly number[]
  readonly recalls100: readonly number[]
}

type ClassEvaluation = Record<keyof typeof ranges, RangeEvaluation>

function evaluateClass(images: readonly PreparedImage[], label: number): ClassEvaluation {
  const boxes = images.flatMap((image) => boxesOfClass(image, label, detectionsMax) ?? [])
  const ranking = rankDetections(boxes)
  return {
    all: evaluateRange(boxes, ranking, ranges.all),
    small: evaluateRange(boxes, ranking, ranges.small),
    medium: evaluateRange(boxes, ranking, ranges.medium),
    large: evaluateRange(boxes, ranking, ranges.large),
  }
}

function evaluateRange(
  boxes: readonly ClassBoxes[],
  ranking: readonly RankedDetection[],
  range: AreaRange,
): RangeEvaluation {
  const matches = iouThresholds.map((threshold) => boxes.map((one) => matchBoxes(one, threshold, range)))
  return {
    precisions: matches.map((ofImages) =>
      interpolatedPrecision(
        ranking.map(({ image, rank }) => ofImages[image]!.outcomes[rank]!),
        countWanted(ofImages),
      ),
    ),
    recalls1: matches.map((ofImages) => recallOf(ofImages, 1)),
    recalls10: matches.map((ofImages) => recallOf(ofImages, 10)),
    recalls100: matches.map((ofImages) => recallOf(ofImages, detectionsMax)),
  }
}

/** Which detection of which image. */
interface RankedDetection {
  readonly image: number
  readonly rank: number
  readonly score: number
}

/** Detections of all images by falling score; of equal scores those of the earlier image first. */
function rankDetections(boxes: readonly ClassBoxes[]): RankedDetection[] {
  const all = boxes.flatMap(({ image: { detections: all }, detections }, image) =>
    detections.map((detection, rank) => ({ image, rank, score: all.scores[detection]! })),
  )
  // Sorting is stable, and infinities of one sign differ by NaN.
  return all.sort((first, second) => (first.score === second.score ? 0 : first.score > second.score ? -1 : 1))
}

/** Share of the boxes that the first `count` detections of each image found. NaN if there was nothing to find. */
function recallOf(matches: readonly Matches[], count: number): number {
  const wantedCount = countWanted(matches)
  if (wantedCount === 0) return Number.NaN
  const found = matches.map(({ outcomes }) => outcomes.slice(0, count).filter((outcome) => outcome === 'right').length)
  return found.reduce((sum, one) => sum + one, 0) / wantedCount
}

function countWanted(matches: readonly Matches[]): number {
  return matches.reduce((sum, { wantedCount }) => sum + wantedCount, 0)
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
