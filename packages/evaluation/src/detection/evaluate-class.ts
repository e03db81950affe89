import { sumOf } from '../classification/confusion-matrix.ts'
import { interpolatedPrecision } from './interpolated-precision.ts'
import { type AreaRange, type ClassBoxes, matchBoxes, outcomes, wantedColumns } from './match-boxes.ts'

// numpy.linspace(.5, .95, 10), to the last bit: overlaps are compared with these.
const iouThresholds: readonly number[] = Array.from({ length: 10 }, (_, index) =>
  index === 9 ? 0.95 : index * ((0.95 - 0.5) / 9) + 0.5,
)

type RangeName = 'all' | 'small' | 'medium' | 'large'

const ranges: Readonly<Record<RangeName, AreaRange>> = {
  all: { least: 0, most: 1e10 },
  small: { least: 0, most: 32 ** 2 },
  medium: { least: 32 ** 2, most: 96 ** 2 },
  large: { least: 96 ** 2, most: 1e10 },
}

/** Values of one class and range of areas, for each of the overlaps .50, .55, … .95. NaN if there was nothing to find. */
export interface RangeEvaluation {
  readonly precisions: readonly number[]
  /** Recall with the surest detection of each image … */
  readonly recalls1: readonly number[]
  readonly recalls10: readonly number[]
  readonly recalls100: readonly number[]
}

export type ClassEvaluation = Record<RangeName, RangeEvaluation>

/**
 * Evaluates one class. A generator, so that a caller can let others have a turn: it stops after every image and threshold.
 *
 * @param images - Of the images that have the class, its boxes.
 */
export function* evaluateClass(images: readonly ClassBoxes[]): Generator<void, ClassEvaluation> {
  const ranking = rankDetections(images)
  return {
    all: yield* evaluateRange(images, ranking, ranges.all),
    small: yield* evaluateRange(images, ranking, ranges.small),
    medium: yield* evaluateRange(images, ranking, ranges.medium),
    large: yield* evaluateRange(images, ranking, ranges.large),
  }
}

/** The detections of all images, one behind the other. */
export interface Ranking {
  /** Place of the first detection of each image. */
  readonly starts: readonly number[]
  /** How many detections of its image are surer than each. */
  readonly ranks: Uint8Array
  /** Places from the highest score down; of equal scores the earlier image first. */
  readonly order: Uint32Array
}

export function rankDetections(images: readonly ClassBoxes[]): Ranking {
  const starts: number[] = []
  let count = 0
  for (const { detections } of images) {
    starts.push(count)
    count += detections.length
  }
  const ranks = new Uint8Array(count)
  const scores = new Float64Array(count)
  for (const [index, { image, detections }] of images.entries()) {
    for (const [rank, detection] of detections.entries()) {
      ranks[starts[index]! + rank] = rank
      scores[starts[index]! + rank] = image.detections.scores[detection]!
    }
  }
  const order = Uint32Array.from(scores.keys())
  // Sorting is stable, and infinities of one sign differ by NaN.
  order.sort((one, other) => (scores[one]! === scores[other]! ? 0 : scores[one]! > scores[other]! ? -1 : 1))
  return { starts, ranks, order }
}

function* evaluateRange(
  images: readonly ClassBoxes[],
  ranking: Ranking,
  range: AreaRange,
): Generator<void, RangeEvaluation> {
  const { ofThresholds, wantedCounts } = yield* matchImages(images, ranking, range)
  const wantedCount = sumOf(wantedCounts)
  const precisions: number[] = []
  const recalls: { one: number; ten: number; all: number }[] = []
  for (const ofDetections of ofThresholds) {
    precisions.push(interpolatedPrecision(ofDetections, ranking.order, wantedCount))
    recalls.push(recallsOf(ofDetections, ranking.ranks, wantedCount))
    yield
  }
  return {
    precisions,
    recalls1: recalls.map(({ one }) => one),
    recalls10: recalls.map(({ ten }) => ten),
    recalls100: recalls.map(({ all }) => all),
  }
}

/** What became of the detections of a class. */
export interface MatchedImages {
  /** For each overlap .50, .55, … .95 the {@link outcomes} of all detections. */
  readonly ofThresholds: readonly Uint8Array[]
  /** Boxes that had to be found, of each image. */
  readonly wantedCounts: Uint32Array
}

export function* matchImages(
  images: readonly ClassBoxes[],
  { starts, ranks }: Ranking,
  range: AreaRange = ranges.all,
): Generator<void, MatchedImages> {
  const ofThresholds = iouThresholds.map(() => new Uint8Array(ranks.length))
  const wantedCounts = new Uint32Array(images.length)
  for (const [index, boxes] of images.entries()) {
    const columns = wantedColumns(boxes, range)
    wantedCounts[index] = columns.wanted.length
    for (const [at, iouThreshold] of iouThresholds.entries()) {
      matchBoxes(boxes, { iouThreshold, range, ...columns }, ofThresholds[at]!, starts[index])
    }
    yield
  }
  return { ofThresholds, wantedCounts }
}

/** Share of the boxes that the first detections of each image found. */
function recallsOf(ofDetections: Uint8Array, ranks: Uint8Array, wantedCount: number) {
  const found = { one: 0, ten: 0, all: 0 }
  for (let at = 0; at < ofDetections.length; at += 1) {
    if (ofDetections[at] !== outcomes.right) continue
    found.all += 1
    if (ranks[at]! < 10) found.ten += 1
    if (ranks[at] === 0) found.one += 1
  }
  const share = (count: number): number => (wantedCount === 0 ? Number.NaN : count / wantedCount)
  return { one: share(found.one), ten: share(found.ten), all: share(found.all) }
}
