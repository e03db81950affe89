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

/** What became of a detection; `ignored` is neither right nor wrong. A byte each, because there are millions. */
export const outcomes = { wrong: 0, right: 1, ignored: 2 } as const

/**
 * The boxes of an image by their class, of the classes that it has.
 *
 * @param detectionsMax - Detections of a class that count, from the highest score down.
 */
export function boxesByClass(image: PreparedImage, detectionsMax: number): Map<number, ClassBoxes> {
  const { truth, detections } = image
  const found = groupByLabel(detections.order, detections.labels)
  const wanted = groupByLabel(truth.labels.keys(), truth.labels)
  const labels = new Set([...wanted.keys(), ...found.keys()])
  return new Map(
    Array.from(labels, (label) => {
      const [boxes, ranked] = [wanted.get(label) ?? [], (found.get(label) ?? []).slice(0, detectionsMax)]
      return [label, { image, truth: boxes, detections: ranked, overlaps: overlapsOf(image, ranked, boxes) }]
    }),
  )
}

function groupByLabel(indices: Iterable<number>, labels: ArrayLike<number>): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const index of indices) {
    const group = groups.get(labels[index]!)
    if (group === undefined) groups.set(labels[index]!, [index])
    else group.push(index)
  }
  return groups
}

function overlapsOf({ truth, detections }: PreparedImage, found: readonly number[], boxes: readonly number[]) {
  const overlaps = new Float64Array(found.length * boxes.length)
  let at = 0
  for (const detection of found) {
    for (const box of boxes) {
      overlaps[at] = intersectionOverUnion(detections.boxes, detection, truth.boxes, box, truth.isCrowd[box]!)
      at += 1
    }
  }
  return overlaps
}

/** The boxes of the ground truth that have to be found, and those that do not, as columns of the overlaps. */
export interface WantedColumns {
  readonly wanted: readonly number[]
  readonly unwanted: readonly number[]
}

/** Crowds, and boxes outside of a range of areas, do not have to be found. */
export function wantedColumns({ image: { truth }, truth: boxes }: ClassBoxes, range: AreaRange): WantedColumns {
  const wanted: number[] = []
  const unwanted: number[] = []
  for (const [column, box] of boxes.entries()) {
    const isWanted = !truth.isCrowd[box] && isWithin(truth.areas[box]!, range)
    if (isWanted) wanted.push(column)
    else unwanted.push(column)
  }
  return { wanted, unwanted }
}

/** How boxes are matched. */
export interface MatchOptions extends WantedColumns {
  /** Least overlap of a detection that is right. */
  readonly iouThreshold: number
  readonly range: AreaRange
}

/**
 * Matches by COCO's rules (`evaluateImg` of pycocotools): from the highest score down, a detection takes the free box that it
 * overlaps most, if by at least the threshold; of equal ones the later. One that does not have to be found is taken only
 * if no other is left, and then the detection is neither right nor wrong, like one that takes none and is itself outside of
 * the range. A crowd can be taken many times.
 *
 * @param result - Gets one of {@link outcomes} for each detection, from `start` on.
 */
export function matchBoxes(
  { image, truth, detections, overlaps }: ClassBoxes,
  { iouThreshold, range, wanted, unwanted }: MatchOptions,
  result: Uint8Array,
  start = 0,
): void {
  const isTaken = new Uint8Array(truth.length)
  const takeBest = (row: number, columns: readonly number[]): boolean => {
    let least = Math.min(iouThreshold, 1 - 1e-10)
    let best = -1
    for (const column of columns) {
      const overlap = overlaps[row * truth.length + column]!
      if (overlap < least || (isTaken[column] === 1 && !image.truth.isCrowd[truth[column]!])) continue
      least = overlap
      best = column
    }
    if (best >= 0) isTaken[best] = 1
    return best >= 0
  }
  for (let row = 0; row < detections.length; row += 1) {
    if (takeBest(row, wanted)) result[start + row] = outcomes.right
    else if (takeBest(row, unwanted)) result[start + row] = outcomes.ignored
    else {
      const isInside = isWithin(areaOf(image.detections.boxes, detections[row]!), range)
      result[start + row] = isInside ? outcomes.wrong : outcomes.ignored
    }
  }
}

function isWithin(area: number, { least, most }: AreaRange): boolean {
  return area >= least && area <= most
}
