import { type ConfusionMatrix, countClasses, sumOf } from '../classification/confusion-matrix.ts'
import { requireLength } from '../errors.ts'
import { meanOfDefined } from '../labels/average.ts'
import {
  maskConfusionMatrix,
  type SegmentationMetrics,
  segmentationMetrics,
} from '../segmentation/segmentation-metrics.ts'
import { invalidRow, isList } from './check-row.ts'
import { confusionMatrixChart } from './classification/class-charts.ts'
import { type ClassLabel, listedClassNames } from './classification/class-names.ts'
import type { EvaluationRow, EvaluationTask, Judgement, RecordColumns } from './evaluation-task.ts'
import { classLabelsOf, imageCell, type RowImage } from './image-cell.ts'

/** One image with a class for each pixel. */
export interface SegmentationRow extends EvaluationRow {
  /** Index of the class of each pixel, row by row. */
  readonly label: ArrayLike<number>
  /** As many. */
  readonly prediction: ArrayLike<number>
  /** For the tables, with both masks over it; of the size of the masks. */
  readonly image?: RowImage | undefined
}

/** What {@link segmentation} needs to know. */
export interface SegmentationOptions {
  /** The classes, background included. */
  readonly labels: readonly ClassLabel[]
  /** Pixels of this label do not count; 255 in many data sets. Default: all count. */
  readonly ignoredLabel?: number | undefined
}

/** What is particular to evaluated masks. */
export interface SegmentationDetails extends SegmentationMetrics {
  readonly classes: readonly string[]
  /** Pixels, rows are actual classes. */
  readonly confusionMatrix: ConfusionMatrix
}

/** Classes whose pixels are in the records, for intervals of `mean_iou`: three numbers each. */
const recordedClassesMax = 21

/**
 * Masks. Metrics over all pixels: `mean_iou`, `dice` (mean over classes), `pixel_accuracy`, `frequency_weighted_iou`. An image is as bad as
 * its own mean IoU is below 1.
 */
export function segmentation({
  labels,
  ignoredLabel,
}: SegmentationOptions): EvaluationTask<SegmentationRow, SegmentationDetails> {
  const names = listedClassNames(labels).names()
  const classCount = names.length
  const maskOptions = { classCount, ...(ignoredLabel === undefined ? {} : { ignoredLabel }) }
  const isRecorded = classCount <= recordedClassesMax
  const perClass = ['right', 'actual', 'predicted'].flatMap((name) => names.map((_, index) => `${name}_${index}`))
  return {
    kind: 'segmentation',
    open() {
      const counts = new Float64Array(classCount * classCount)
      return {
        recordColumns: ['right', 'pixels', ...(isRecorded ? perClass : [])],
        measuredMetrics: ['pixel_accuracy', 'mean_iou'],
        judge(row): Judgement {
          const matrix = readMasks(row, maskOptions)
          const ofRow = segmentationMetrics(matrix)
          const { truePositive, actual, predicted } = countClasses(matrix)
          const isEmpty = sumOf(actual) === 0
          return {
            isCorrect: undefined,
            badness: isEmpty ? 0 : 1 - ofRow.meanIou,
            confidence: undefined,
            record: [
              sumOf(truePositive),
              sumOf(actual),
              ...(isRecorded ? [...truePositive, ...actual, ...predicted] : []),
            ],
            count() {
              for (let at = 0; at < counts.length; at += 1) counts[at]! += matrix.counts[at]!
            },
            cells: () => ({
              ...imageCell(row.image, () => ({
                masks: {
                  ground_truth: { maskData: toMask(row.label), classLabels: classLabelsOf(names) },
                  predictions: { maskData: toMask(row.prediction), classLabels: classLabelsOf(names) },
                },
              })),
              mean_iou: ofRow.meanIou,
              dice: ofRow.meanDice,
              pixel_accuracy: ofRow.pixelAccuracy,
            }),
          }
        },
        measure: (records, rows) => measure(records, rows, isRecorded ? classCount : 0),
        recordsMeaning: () => JSON.stringify([names, ignoredLabel ?? null]),
        report() {
          const confusionMatrix = { classCount, counts: counts.slice() }
          const metrics = segmentationMetrics(confusionMatrix)
          const chart = confusionMatrixChart(names, confusionMatrix)
          return {
            metrics: {
              mean_iou: metrics.meanIou,
              dice: metrics.meanDice,
              pixel_accuracy: metrics.pixelAccuracy,
              frequency_weighted_iou: metrics.frequencyWeightedIou,
            },
            basis: {},
            details: { ...metrics, classes: names, confusionMatrix },
            tables: {
              per_class: names.map((name, index) => ({
                class: name,
                iou: metrics.iouPerClass[index],
                dice: metrics.dicePerClass[index],
                pixels: countClasses(confusionMatrix).actual[index],
              })),
            },
            charts: chart === undefined ? {} : { confusion_matrix: chart },
            notes: [],
          }
        },
      }
    },
  }
}

function readMasks(
  { label, prediction }: SegmentationRow,
  options: { readonly classCount: number; readonly ignoredLabel?: number },
): ConfusionMatrix {
  if (!isList(label)) throw invalidRow('label', label, 'a mask: a list of classes')
  if (!isList(prediction)) throw invalidRow('prediction', prediction, 'a mask: a list of classes')
  requireLength('Pixels of the prediction', prediction.length, label.length)
  return maskConfusionMatrix(label as ArrayLike<number>, prediction as ArrayLike<number>, options)
}

/** Images take classes from 0 to 255. */
function toMask(mask: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(mask)
}

/** NaN for `mean_iou` where classes are not recorded. */
function measure(records: RecordColumns, rows: Uint32Array, classCount: number): number[] {
  const sums = records.map((column) => rows.reduce((sum, row) => sum + column[row]!, 0))
  const [right = 0, pixels = 0, ...perClass] = sums
  const ious = Array.from({ length: classCount }, (_, index) => {
    const both = perClass[index]!
    const union = perClass[classCount + index]! + perClass[2 * classCount + index]! - both
    return union === 0 ? Number.NaN : both / union
  })
  return [right / pixels, meanOfDefined(ious)]
}
