import type { ClassPrecisionRecallF1 } from '../../classification/precision-recall-f1.ts'
import { type PrecisionRecallF1, reportOfCounts, threeOf } from '../../classification/precision-recall-f1.ts'
import { averagePrecisionOfCounts } from '../../curves/precision-recall-curve.ts'
import { hasNaN, rankedCounts } from '../../curves/ranked-counts.ts'
import { rocAucOfCounts } from '../../curves/roc-curve.ts'
import { EvaluationError, requireOneOf } from '../../errors.ts'
import { meanOfDefined } from '../../labels/average.ts'
import { createAreaResampling } from '../area-resampling.ts'
import { basisOf } from '../basis-of.ts'
import { invalidRow, isList } from '../check-row.ts'
import { type ClassLabel, type ClassNames, listedClassNames } from '../classification/class-names.ts'
import type { ScoreKind } from '../classification/classification-row.ts'
import type {
  EvaluationRow,
  EvaluationTask,
  Judgement,
  OpenTaskOptions,
  RecordColumns,
  Resampling,
  TaskCounter,
} from '../evaluation-task.ts'
import { giveTurn } from '../give-turn.ts'
import { createMeanSums } from '../mean-sums.ts'
import { createValueStore, type ValueStore } from '../value-store.ts'

/** One row that may have several labels, or none. */
export interface MultiLabelRow extends EvaluationRow {
  /** The right labels: names or indices. */
  readonly label: Iterable<ClassLabel>
  /** The predicted ones. Default: those whose score reaches the threshold. */
  readonly prediction?: Iterable<ClassLabel> | undefined
  /** One for each label, in their order. Copied. */
  readonly scores?: ArrayLike<number> | undefined
}

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

interface Settings {
  readonly threshold: number
  readonly scores: ScoreKind
}

interface ReadRow {
  readonly actual: Uint8Array
  readonly predicted: Uint8Array
  readonly scores: Float64Array | undefined
}

const rowMeans = ['subset_accuracy', 'hamming_loss', 'precision_samples', 'recall_samples', 'f1_samples']

function openMultiLabel(
  classes: ClassNames,
  settings: Settings,
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

  const count = ({ actual, predicted, scores }: ReadRow, ofRow: readonly number[]): void => {
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
      const read = readRow(row, classes, settings)
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
      const ranking = kept === undefined ? undefined : await rank(kept, labelCount)
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
        resampling: kept === undefined ? undefined : areaResampling(kept, labelCount, seed),
      }
    },
  }
}

function named({ precision, recall, f1 }: PrecisionRecallF1, average: string): Record<string, number> {
  return { [`precision_${average}`]: precision, [`recall_${average}`]: recall, [`f1_${average}`]: f1 }
}

function readRow(row: MultiLabelRow, classes: ClassNames, { threshold, scores: kind }: Settings): ReadRow {
  const scores = readScores(row.scores, classes.count, kind)
  const actual = readLabels('label', row.label, classes)
  if (row.prediction !== undefined)
    return { actual, predicted: readLabels('prediction', row.prediction, classes), scores }
  if (scores === undefined) throw invalidRow('prediction', row.prediction, 'the predicted labels, or scores')
  return { actual, predicted: Uint8Array.from(scores, (score) => (score >= threshold ? 1 : 0)), scores }
}

function readLabels(member: string, labels: unknown, classes: ClassNames): Uint8Array {
  const isIterable = typeof labels === 'object' && labels !== null && Symbol.iterator in labels
  if (!isIterable) throw invalidRow(member, labels, 'a list of labels')
  const has = new Uint8Array(classes.count)
  for (const label of labels as Iterable<unknown>) has[classes.indexOf(`A member of ${member}`, label)] = 1
  return has
}

function readScores(scores: unknown, labelCount: number, kind: ScoreKind): Float64Array | undefined {
  if (scores === undefined || scores === null) return undefined
  if (!isList(scores)) throw invalidRow('scores', scores, 'a list of numbers')
  if (scores.length !== labelCount) {
    throw new EvaluationError({
      code: 'evaluation-length',
      message: `The row has ${scores.length} scores, and there are ${labelCount} labels.`,
      hint: 'Pass one score for each label, in the order of labels.',
    })
  }
  return Float64Array.from(scores, (score) => {
    if (typeof score !== 'number') throw invalidRow('A member of scores', score, 'numbers')
    return kind === 'logits' ? 1 / (1 + Math.exp(-score)) : score
  })
}

function countRow({ actual, predicted }: ReadRow): { right: number; actual: number; predicted: number; wrong: number } {
  const sums = { right: 0, actual: 0, predicted: 0, wrong: 0 }
  for (let index = 0; index < actual.length; index += 1) {
    sums.right += actual[index]! & predicted[index]!
    sums.actual += actual[index]!
    sums.predicted += predicted[index]!
    sums.wrong += actual[index]! ^ predicted[index]!
  }
  return sums
}

/** How sure the model was of the label that it got wrong most surely. */
function surestWrong({ actual, predicted, scores }: ReadRow): number | undefined {
  let surest: number | undefined
  for (let index = 0; index < actual.length && scores !== undefined; index += 1) {
    if (actual[index] === predicted[index]) continue
    const sureness = predicted[index] === 1 ? scores[index]! : 1 - scores[index]!
    if (surest === undefined || sureness > surest) surest = sureness
  }
  return surest
}

interface LabelRanking {
  readonly rocAuc: Float64Array
  readonly averagePrecision: Float64Array
  /** Means over the labels. */
  readonly metrics: Readonly<Record<string, number>>
}

/** Labels whose areas are measured for drawn rows; more would take too long. */
const resampledLabelsMax = 100

function areaResampling(kept: ValueStore, labelCount: number, seed: number): (() => Promise<Resampling>) | undefined {
  if (labelCount > resampledLabelsMax || hasNaN(kept.values())) return undefined
  return () =>
    createAreaResampling({
      rowCount: kept.rowCount,
      classCount: labelCount,
      seed,
      names: ['roc_auc', 'average_precision'],
      classAt: (index) => ({ isPositive: kept.column(index), scores: kept.column(labelCount + index) }),
      average: ({ rocAuc, averagePrecision }) => [meanOfDefined(rocAuc), meanOfDefined(averagePrecision)],
    })
}

/** Areas of each label. A label that no row, or every row, has is NaN and left out of means; NaN among scores makes these NaN. */
async function rank(kept: ValueStore, labelCount: number): Promise<LabelRanking> {
  const areas = new Float64Array(labelCount).fill(Number.NaN)
  const precisions = new Float64Array(labelCount).fill(Number.NaN)
  let isBroken = false
  for (let index = 0; index < labelCount; index += 1) {
    const [isPositive, scores] = [kept.column(index), kept.column(labelCount + index)]
    if (hasNaN(scores)) isBroken = true
    else if (isPositive.includes(1)) {
      const counts = rankedCounts(isPositive, scores)
      areas[index] = rocAucOfCounts(counts)
      precisions[index] = averagePrecisionOfCounts(counts)
    }
    await giveTurn()
  }
  const meanOf = (numbers: Float64Array): number => (isBroken ? Number.NaN : meanOfDefined(numbers))
  return {
    rocAuc: areas,
    averagePrecision: precisions,
    metrics: { roc_auc: meanOf(areas), average_precision: meanOf(precisions) },
  }
}

/** 0/0 is 0, as in the report. */
function measure([right, actual, predicted, ...means]: RecordColumns, rows: Uint32Array): number[] {
  const sum = (column: Float64Array | undefined): number => rows.reduce((total, row) => total + column![row]!, 0)
  const { precision, recall, f1 } = threeOf(sum(right), sum(actual), sum(predicted), 0)
  return [precision, recall, f1, ...means.map((column) => sum(column) / rows.length)]
}
