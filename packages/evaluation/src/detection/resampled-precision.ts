import { meanOfDefined } from '../labels/average.ts'
import { boxesOfClasses } from './boxes-of-classes.ts'
import type { DetectionImage } from './detection-image.ts'
import type { DetectionOptions } from './detection-metrics.ts'
import { type MatchedImages, matchImages, type Ranking, rankDetections } from './evaluate-class.ts'
import { interpolatedPrecision } from './interpolated-precision.ts'

/** COCO's average precisions of drawn images. */
export interface DrawnPrecision {
  readonly map: number
  readonly map50: number
  readonly map75: number
}

/**
 * Matches the boxes of images once, and then tells the average precisions of those that are drawn, some more than once: what became
 * of a detection does not depend on other images.
 */
export function* resampledPrecision(
  images: readonly DetectionImage[],
  options: DetectionOptions,
): Generator<void, (drawn: Uint32Array) => DrawnPrecision> {
  const classes: DrawnClass[] = []
  for (const ofClass of yield* boxesOfClasses(images, options)) {
    const boxes = ofClass.map((one) => one.boxes)
    const ranking = rankDetections(boxes)
    const matched = yield* matchImages(boxes, ranking)
    const imagesOfClass = ofClass.map((one) => one.image)
    classes.push({ ranking, matched, images: imagesOfClass, imageOf: imageOfDetections(imagesOfClass, ranking) })
  }
  const weights = new Uint32Array(images.length)
  return (drawn) => {
    weights.fill(0)
    for (const image of drawn) weights[image]! += 1
    const ofClasses = classes.map((one) => precisionsOf(one, weights))
    const mean = (pick: (precisions: readonly number[]) => number): number => meanOfDefined(ofClasses.map(pick))
    return {
      map: mean((precisions) => precisions.reduce((sum, one) => sum + one, 0) / precisions.length),
      map50: mean((precisions) => precisions[0]!),
      map75: mean((precisions) => precisions[5]!),
    }
  }
}

interface DrawnClass {
  readonly ranking: Ranking
  readonly matched: MatchedImages
  /** Index of the image of each detection, among all images … */
  readonly imageOf: Uint32Array
  /** … and of those that have the class. */
  readonly images: readonly number[]
}

/** For each overlap. */
function precisionsOf({ ranking, matched, imageOf, images }: DrawnClass, weights: Uint32Array): readonly number[] {
  let wantedCount = 0
  for (const [at, image] of images.entries()) wantedCount += weights[image]! * matched.wantedCounts[at]!
  const weightOf = (detection: number): number => weights[imageOf[detection]!]!
  return matched.ofThresholds.map((ofDetections) =>
    interpolatedPrecision(ofDetections, ranking.order, wantedCount, weightOf),
  )
}

function imageOfDetections(images: readonly number[], { starts, ranks }: Ranking): Uint32Array {
  const imageOf = new Uint32Array(ranks.length)
  for (const [at, image] of images.entries()) imageOf.fill(image, starts[at], starts[at + 1])
  return imageOf
}
