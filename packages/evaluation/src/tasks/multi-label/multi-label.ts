import type { ClassPrecisionRecallF1 } from '../../classification/precision-recall-f1.ts'
import { type PrecisionRecallF1, reportOfCounts, threeOf } from '../../classification/precision-recall-f1.ts'
import { requireOneOf } from '../../errors.ts'
import { basisOf } from '../basis-of.ts'
import { type ClassLabel, type ClassNames, listedClassNames } from '../classification/class-names.ts'
import type { ScoreKind } from '../classification/classification-row.ts'
import type { EvaluationTask, Judgement, OpenTaskOptions, RecordColumns, TaskCounter } from '../evaluation-task.ts'
import { createMeanSums } from '../mean-sums.ts'
import { createValueStore, type ValueStore } from '../value-store.ts'
import { labelResampling, rankLabels } from './label-ranking.ts'
import {
  countRow,
  type LabelSettings,
  type MultiLabelRow,
  type ReadLabels,
  readLabelRow,
  surestWrong,
} from './multi-label-row.ts'

/** What {@link multiLabel} needs to know. */
export interface MultiLabelTaskOptions {
  /** All labels, in the order of the scores. */
  readonly labels: readonly ClassLabel[]
  /** Score from which on a label is predicted. Default 0.5. */
  readonly threshold?: number | undefined
  /** What the scores are; of `'logits'` the logistic function is taken. Default `'probabilities'`. */
  readonly scores?: ScoreKind | undefined
}

/** What is particular to an evaluation with several labels. */
export interface MultiLabelDetails {
  readonly classes: readonly string[]
  readonly perClass: readonly (ClassPrecisionRecallF1 & {
    readonly class: string
    /** NaN without scores. */
    readonly rocAuc: number
    readonly averagePrecision: number
  })[]
}

/**
 * Rows with any number of labels each. Metrics: `precision_micro`, `recall_micro`, `f1_micro`, and so on for `macro` (all labels), `weighted` and
 * `samples`; `subset_accuracy`, `hamming_loss`; with scores `roc_auc` and `average_precision` (means over the labels). A row is right if
 * all of its labels were predicted and no other.
 */
export function multiLabel({
  labels,
  threshold = 0.5,
  scores = 'probabilities',
}: MultiLabelTaskOptions): EvaluationTask<MultiLabelRow, MultiLabelDetails> {
  requireOneOf('scores', scores, ['probabilities', 'logits'])
  const classes = listedClassNames(labels)
  return { kind: 'multiLabel', open: (open) => openMultiLabel(classes, { threshold, scores }, open) }
}

const rowMeans = ['subset_accuracy', 'hamming_loss', 'precision_samples', 'recall_samples', 'f1_samples']

function openMultiLabel(
  classes: ClassNames,
  settings: LabelSettings,
  { seed, keptBytesMax }: OpenTaskOptions,
): TaskCounter<MultiLabelRow, MultiLabelDetails> {
  const labelCount = classes.count
  const names = classes.names()
  const counts = {
    truePositive: new Float64Array(labelCount),
    actual: new Float64Array(labelCount),
    predicted: new Float64Array(labelCount),
  }
  const means = createMeanSums(rowMeans)
  let kept: ValueStore | undefined

  const count = ({ actual, predicted, scores }: ReadLabels, ofRow: readonly number[]): void => {
    means.add(ofRow)
    for (let index = 0; index < labelCount; index += 1) {
      counts.actual[index]! += actual[index]!
      counts.predicted[index]! += predicted[index]!
      counts.truePositive[index]! += actual[index]! & predicted[index]!
    }
    if (scores === undefined) return
    kept ??= createValueStore({ width: labelCount * 2, bytesMax: keptBytesMax, seed })
    kept.add(Float64Array.of(...actual, ...scores))
  }
  const namesOf = (has: Uint8Array): string[] => names.filter((_, index) => has[index] === 1)

  return {
    recordColumns: ['right', 'actual', 'predicted', ...rowMeans],
    measuredMetrics: ['precision_micro', 'recall_micro', 'f1_micro', ...rowMeans],
    judge(row): Judgement {
      const read = readLabelRow(row, classes, settings)
      const { right, actual, predicted, wrong } = countRow(read)
      const { precision, recall, f1 } = threeOf(right, actual, predicted, 0)
      const ofRow = [wrong === 0 ? 1 : 0, wrong / labelCount, precision, recall, f1]
      return {
        isCorrect: wrong === 0,
        badness: wrong / labelCount,
        confidence: surestWrong(read),
        record: [right, actual, predicted, ...ofRow],
        count: () => count(read, ofRow),
        cells: () => ({
          label: namesOf(read.actual),
          prediction: namesOf(read.predicted),
          correct: wrong === 0,
          ...(read.scores === undefined ? {} : { scores: [...read.scores] }),
        }),
      }
    },
    measure,
    recordsMeaning: () => JSON.stringify([names]),
    async report() {
      const report = reportOfCounts(counts, { averagedClasses: 'all' })
      const ranking = kept === undefined ? undefined : await rankLabels(kept, labelCount)
      const areas = ranking?.metrics ?? {}
      const perClass = names.map((name, index) => ({
        class: name,
        ...report.perClass[index]!,
        rocAuc: ranking?.rocAuc[index] ?? Number.NaN,
        averagePrecision: ranking?.averagePrecision[index] ?? Number.NaN,
      }))
      return {
        metrics: {
          ...named(report.micro, 'micro'),
          ...named(report.macro, 'macro'),
          ...named(report.weighted, 'weighted'),
          ...means.means(),
          ...areas,
        },
        basis: basisOf(areas, kept?.rowCount ?? 0, means.rowCount),
        details: { classes: names, perClass },
        tables: {
          per_class: perClass.map(({ rocAuc, averagePrecision, ...one }) => ({
            ...one,
            ...(ranking === undefined ? {} : { roc_auc: rocAuc, average_precision: averagePrecision }),
          })),
        },
        charts: {},
        notes: [],
        resampling: kept === undefined ? undefined : labelResampling(kept, labelCount, seed),
      }
    },
  }
}

function named({ precision, recall, f1 }: PrecisionRecallF1, average: string): Record<string, number> {
  return { [`precision_${average}`]: precision, [`recall_${average}`]: recall, [`f1_${average}`]: f1 }
}

/** 0/0 is 0, as in the report. */
function measure([right, actual, predicted, ...means]: RecordColumns, rows: Uint32Array): number[] {
  const sum = (column: Float64Array | undefined): number => rows.reduce((total, row) => total + column![row]!, 0)
  const { precision, recall, f1 } = threeOf(sum(right), sum(actual), sum(predicted), 0)
  return [precision, recall, f1, ...means.map((column) => sum(column) / rows.length)]
}
