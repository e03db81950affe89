import { requireInteger } from '../errors.ts'
import { type DetectionImage, prepareImage } from './detection-image.ts'
import type { DetectionOptions } from './detection-metrics.ts'
import { boxesByClass, type ClassBoxes } from './match-boxes.ts'

/** Detections of an image and class that count, from the highest score down. */
const detectionsMax = 100

/** The boxes of a class on one of the images. */
export interface ImageBoxes {
  /** Index of the image. */
  readonly image: number
  readonly boxes: ClassBoxes
}

/** Of each class its boxes, on the images that have it. */
export function* boxesOfClasses(
  images: readonly DetectionImage[],
  { classCount, boxFormat = 'corners' }: DetectionOptions,
): Generator<void, readonly (readonly ImageBoxes[])[]> {
  requireInteger('classCount', classCount, 1)
  const ofClasses: ImageBoxes[][] = Array.from({ length: classCount }, () => [])
  for (const [image, one] of images.entries()) {
    const byClass = boxesByClass(prepareImage(one, classCount, boxFormat), detectionsMax)
    for (const [label, boxes] of byClass) ofClasses[label]!.push({ image, boxes })
    yield
  }
  return ofClasses
}
