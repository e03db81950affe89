import { areaOf, intersectionOverUnion } from './boxes.ts'
import type { PreparedImage } from './detection-image.ts'

/** Areas that count, in square pixels, both ends included. */
export interface AreaRange {
  readonly least: number
  readonly most: number
}

/** The boxes of one class on one image, and how far they overlap. */
export interface ClassBoxes {
  readonly image: PreparedImage
  /** Indices of boxes of the ground truth. */
  readonly truth: readonly number[]
  /** Indices of detections, the highest score first. */
  readonly detections: readonly number[]
  /** Detections × truth, row by row. */
  readonly overlaps: Float64Array
}

/** What became of the detections of a class on an image. */
export interface Matches {
  /** Of each detection, the highest score first. */
  readonly outcomes: readonly Outcome[]
  /** Boxes of the ground truth that have to be found. */
  readonly wantedCount: number
}

/** `'ignored'` is neither right nor wrong. */
export type Outcome = 'right' | 'wrong' | 'ignored'

/** Picks the boxes of a class. `undefined` if there are none. */
export function boxesOfClass(image: PreparedImage, label: number, detectionsMax: number): ClassBoxes | undefined {
  const { truth, detections } = image
  const truthIndices = Array.from(truth.labels, (one, index) => (one === label ? index : -1)).filter((at) => at >= 0)
  const found = [...detections.order].filter((index) => detections.labels[index] === label).slice(0, detectionsMax)
  if (truthIndices.length + found.length === 0) return undefined
  const overlaps = new Float64Array(truthIndices.length * found.length)
  for (const [row, detection] of found.entries()) {
    for (const [column, box] of truthIndices.entries()) {
      overlaps[row * truthIndices.length + column] = intersectionOverUnion(
        detections.boxes,
        detection,
        truth.boxes,
        box,
        truth.isCrowd[box]!,
      )
    }
  }
  return { image, truth: truthIndices, detections: found, overlaps }
}

/**
 * Matches by COCO's rules (`evaluateImg` of pycocotools): from the highest score down, a detection takes the free box that it
 * overlaps most, if by at least the threshold; of equal ones the later. Boxes outside the range of areas and crowds do not have to
 * be found: a detection takes one only if no other is left, and then is neither right nor wrong, like one that takes none and
 * is itself outside. A crowd can be taken many times.
 */
export function matchBoxes(boxes: ClassBoxes, iouThreshold: number, range: AreaRange): Matches {
  const { image, truth, detections, overlaps } = boxes
  const isIgnored = truth.map((box) => image.truth.isCrowd[box]! || !isWithin(image.truth.areas[box]!, range))
  const wanted = truth.map((_, column) => column).filter((column) => !isIgnored[column])
  const unwanted = truth.map((_, column) => column).filter((column) => isIgnored[column])
  const isTaken = new Uint8Array(truth.length)
  const takeBest = (row: number, columns: readonly number[]): number | undefined => {
    let least = Math.min(iouThreshold, 1 - 1e-10)
    let best: number | undefined
    for (const column of columns) {
      const isFree = isTaken[column] === 0 || image.truth.isCrowd[truth[column]!]
      const overlap = overlaps[row * truth.length + column]!
      if (!isFree || overlap < least) continue
      least = overlap
      best = column
    }
    if (best !== undefined) isTaken[best] = 1
    return best
  }
  const outcomes = detections.map((detection, row): Outcome => {
    if (takeBest(row, wanted) !== undefined) return 'right'
    if (takeBest(row, unwanted) !== undefined) return 'ignored'
    return isWithin(areaOf(image.detections.boxes, detection), range) ? 'wrong' : 'ignored'
  })
  return { outcomes, wantedCount: wanted.length }
}

function isWithin(area: number, { least, most }: AreaRange): boolean {
  return area >= least && area <= most
}
