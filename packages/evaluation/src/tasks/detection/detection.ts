import type { BoundingBox, BoxLayer } from '@lossline/core'
import { type ClassCounts, sumOf } from '../../classification/confusion-matrix.ts'
import { type PrecisionRecallF1, reportOfCounts, threeOf } from '../../classification/precision-recall-f1.ts'
import type { BoxFormat } from '../../detection/boxes.ts'
import type { DetectionImage } from '../../detection/detection-image.ts'
import { type DetectionMetrics, type DetectionOptions, detectionSteps } from '../../detection/detection-metrics.ts'
import {
  addDetectionCounts,
  checkReportOptions,
  countDetections,
  type DetectionReportOptions,
  emptyDetectionCounts,
} from '../../detection/detection-report.ts'
import { resampledPrecision } from '../../detection/resampled-precision.ts'
import { requireOneOf } from '../../errors.ts'
import { createReservoir, type Reservoir } from '../../sampling/reservoir.ts'
import { basisOf } from '../basis-of.ts'
import { type ClassLabel, type ClassNames, listedClassNames } from '../classification/class-names.ts'
import type { EvaluationTask, Judgement, RecordColumns, Resampling, TaskReport } from '../evaluation-task.ts'
import { finishInTurns } from '../finish-in-turns.ts'
import { classLabelsOf, imageCell } from '../image-cell.ts'
import { cornersOf, type DetectionRow, readDetectionRow } from './detection-row.ts'

/** What {@link detection} needs to know. */
export interface DetectionTaskOptions {
  /** The classes. */
  readonly labels: readonly ClassLabel[]
  /** What the four numbers of a box are. Default `'corners'`. */
  readonly boxFormat?: BoxFormat | undefined
  /** What they are measured in: `'pixels'` (default), or `'fractions'` of the image; COCO's sizes of objects are in pixels. */
  readonly coordinates?: 'pixels' | 'fractions' | undefined
  /** For `precision`, `recall` and `f1`: detections with a lower score do not count. Default: all count. */
  readonly scoreThreshold?: number | undefined
  /** For these: least overlap of a detection that is right. Default 0.5. */
  readonly iouThreshold?: number | undefined
}

/** What is particular to an evaluated detector. */
export interface DetectionDetails {
  readonly classes: readonly string[]
  /** COCO's numbers and those of each class. */
  readonly coco: DetectionMetrics
  /** Precision, recall and F1 of each class at the thresholds. */
  readonly perClass: readonly PrecisionRecallF1[]
}

/** What the lists of an image take beside their boxes, roughly. */
const imageBytes = 1024
/** Boxes that are drawn. */
const drawnBoxesMax = 100

/**
 * Images with boxes. Metrics: COCO's `map`, `map_50`, `map_75`, `map_small`, `map_medium`, `map_large`, `mar_1`, `mar_10`, `mar_100`; and `precision`,
 * `recall`, `f1` at a score and an overlap. An image is right if all of its objects are found and nothing else is.
 *
 * @throws EvaluationError `evaluation-option`.
 */
export function detection(options: DetectionTaskOptions): EvaluationTask<DetectionRow, DetectionDetails> {
  const classes = listedClassNames(options.labels)
  const { boxFormat = 'corners', coordinates = 'pixels', scoreThreshold, iouThreshold = 0.5 } = options
  requireOneOf('boxFormat', boxFormat, ['corners', 'size', 'center'])
  requireOneOf('coordinates', coordinates, ['pixels', 'fractions'])
  const reportOptions: DetectionReportOptions = {
    classCount: classes.count,
    boxFormat,
    iouThreshold,
    ...(scoreThreshold === undefined ? {} : { scoreThreshold }),
  }
  checkReportOptions(reportOptions)
  const draw = { names: classes.names(), boxFormat, coordinates }
  return {
    kind: 'detection',
    open({ seed, keptBytesMax }) {
      const size = Math.max(1, Math.floor(keptBytesMax / imageBytes))
      const kept = createReservoir<DetectionImage>({ size, seed, weight: { max: keptBytesMax, of: bytesOfImage } })
      const counts = emptyDetectionCounts(classes.count)
      return {
        recordColumns: ['right', 'actual', 'predicted'],
        measuredMetrics: ['precision', 'recall', 'f1'],
        judge(row): Judgement {
          const image = readDetectionRow(row, classes)
          const counted = countDetections(image, reportOptions)
          const [right, actual, predicted] = [
            sumOf(counted.truePositive),
            sumOf(counted.actual),
            sumOf(counted.predicted),
          ]
          const isCorrect = right === actual && right === predicted
          return {
            isCorrect,
            badness: isCorrect ? 0 : 1 - (2 * right) / (actual + predicted),
            confidence: counted.surestWrongScore,
            record: [right, actual, predicted],
            count() {
              kept.offer(image)
              addDetectionCounts(counts, counted)
            },
            cells: () => ({
              ...imageCell(row.image, () => ({
                boxes: { ground_truth: layerOf(image.truth, draw), predictions: layerOf(image.detections, draw) },
              })),
              objects: actual,
              detections: predicted,
              right,
              missed: actual - right,
              false_alarms: predicted - right,
            }),
          }
        },
        measure,
        recordsMeaning: () => JSON.stringify([classes.names(), iouThreshold, scoreThreshold ?? null]),
        report: () => reportOf(kept, counts, { classes, boxFormat, seed }),
      }
    },
  }
}

async function reportOf(
  kept: Reservoir<DetectionImage>,
  counts: ClassCounts,
  { classes, boxFormat, seed }: { readonly classes: ClassNames; readonly boxFormat: BoxFormat; readonly seed: number },
): Promise<TaskReport<DetectionDetails>> {
  const images = kept.items()
  const coco = await finishInTurns(detectionSteps(images, { classCount: classes.count, boxFormat }))
  const { perClass, micro } = reportOfCounts(counts)
  const averages = {
    map: coco.map,
    map_50: coco.map50,
    map_75: coco.map75,
    map_small: coco.mapSmall,
    map_medium: coco.mapMedium,
    map_large: coco.mapLarge,
    mar_1: coco.recall1,
    mar_10: coco.recall10,
    mar_100: coco.recall100,
  }
  return {
    metrics: { ...averages, ...micro },
    basis: basisOf(averages, images.length, kept.offeredCount),
    details: { classes: classes.names(), coco, perClass },
    tables: {
      per_class: classes.names().map((name, index) => ({
        class: name,
        ap: coco.perClass[index]!.averagePrecision,
        ap_50: coco.perClass[index]!.averagePrecision50,
        ap_75: coco.perClass[index]!.averagePrecision75,
        ...perClass[index]!,
      })),
    },
    charts: {},
    notes: [],
    resampling: () => precisionResampling(images, { classCount: classes.count, boxFormat }, seed),
  }
}

/** Detections of the images that are drawn, roughly: ten overlaps are looked at for each of them, in every draw. */
const drawableDetectionsMax = 50_000

/** Draws images for intervals of the average precisions. */
async function precisionResampling(
  images: readonly DetectionImage[],
  options: DetectionOptions,
  seed: number,
): Promise<Resampling> {
  const detectionCount = images.reduce((sum, { detections }) => sum + detections.labels.length, 0)
  const perImage = Math.max(1, detectionCount / Math.max(1, images.length))
  const drawable = createReservoir<DetectionImage>({ size: Math.ceil(drawableDetectionsMax / perImage), seed })
  for (const image of images) drawable.offer(image)
  const drawn = drawable.items()
  const measure = await finishInTurns(resampledPrecision(drawn, options))
  return {
    names: ['map', 'map_50', 'map_75'],
    rowCount: drawn.length,
    wholeCount: images.length,
    numbersPerRow: 10 * perImage,
    measure: (rows) => {
      const { map, map50, map75 } = measure(rows)
      return [map, map50, map75]
    },
  }
}

/** Four coordinates, a class and a score or an area of each box. */
function bytesOfImage({ truth, detections }: DetectionImage): number {
  return imageBytes + (truth.labels.length + detections.labels.length) * (4 * 8 + 4 + 8)
}

/** 0/0 is 0, as in the report. */
function measure(records: RecordColumns, rows: Uint32Array): number[] {
  const [right, actual, predicted] = records.map((column) => rows.reduce((sum, row) => sum + column[row]!, 0))
  const { precision, recall, f1 } = threeOf(right!, actual!, predicted!, 0)
  return [precision, recall, f1]
}

interface DrawOptions {
  readonly names: readonly string[]
  readonly boxFormat: BoxFormat
  readonly coordinates: 'pixels' | 'fractions'
}

function layerOf(
  boxes: { readonly boxes: ArrayLike<number>; readonly labels: ArrayLike<number>; readonly scores?: ArrayLike<number> },
  { names, boxFormat, coordinates }: DrawOptions,
): BoxLayer {
  const drawn = cornersOf(boxes.boxes, boxFormat).slice(0, drawnBoxesMax)
  return {
    boxData: drawn.map((position, box): BoundingBox => {
      const [classId, score] = [boxes.labels[box]!, boxes.scores?.[box]]
      return {
        position,
        ...(coordinates === 'pixels' ? { domain: 'pixel' } : {}),
        classId,
        boxCaption: score === undefined ? names[classId]! : `${names[classId]} ${score.toFixed(2)}`,
        ...(score === undefined ? {} : { scores: { score } }),
      }
    }),
    classLabels: classLabelsOf(names),
  }
}
