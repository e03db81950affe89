import { balancedAccuracyOfCounts } from '../../classification/accuracy.ts'
import { matthewsOfCounts } from '../../classification/agreement.ts'
import { type ClassCounts, sumOf } from '../../classification/confusion-matrix.ts'
import { reportOfCounts } from '../../classification/precision-recall-f1.ts'
import { invalidOption, requireInteger, requireOneOf } from '../../errors.ts'
import type { EvaluationTask, Judgement, OpenTaskOptions, RecordColumns, TaskCounter } from '../evaluation-task.ts'
import { createValueStore, type ValueStore } from '../value-store.ts'
import { type ClassLabel, foundClassNames, listedClassNames } from './class-names.ts'
import { type ClassificationDetails, classificationReport } from './classification-report.ts'
import {
  type ClassificationRow,
  type ReadClassificationRow,
  readClassificationRow,
  type ScoreKind,
} from './classification-row.ts'
import { createGrowingMatrix } from './growing-matrix.ts'
import { areProbabilities, costOfRow, createScoreCounts } from './score-counts.ts'

/** Choices of {@link classification}. */
export interface ClassificationOptions {
  /** The classes, in the order of the scores; up to 2,000. Default: those that occur. */
  readonly labels?: readonly ClassLabel[] | undefined
  /** Of two classes the one that is looked for: precision, recall, F1 and curves are its. Default: the second. */
  readonly positive?: ClassLabel | undefined
  /** For `top<k>_accuracy`. Default: 5 for more than 5 classes. */
  readonly topK?: number | readonly number[] | undefined
  /** What the scores are. Default `'probabilities'`; of `'logits'` the softmax is taken, of a single one the logistic function. */
  readonly scores?: ScoreKind | undefined
}

/** Columns of single scores beyond this would hide the others. */
const scoreColumnsMax = 20

/**
 * Rows with one class each. Metrics: `accuracy`, `balanced_accuracy`, `precision_macro` and so on, `mcc`, `cohen_kappa`; with
 * scores `log_loss`, `brier`, `ece`, `top5_accuracy`, `roc_auc`, `average_precision`; of two classes also `precision`, `recall`, `f1`
 * and `best_threshold` of the positive one.
 *
 * @throws EvaluationError `evaluation-option`.
 * @example new EvaluationLogger({ run, task: classification({ labels: ['cat', 'dog'] }) })
 */
export function classification(
  options: ClassificationOptions = {},
): EvaluationTask<ClassificationRow, ClassificationDetails> {
  const { scores = 'probabilities', labels, positive } = options
  requireOneOf('scores', scores, ['probabilities', 'logits'])
  const topK = typeof options.topK === 'number' ? [options.topK] : options.topK
  for (const k of topK ?? []) requireInteger('topK', k, 1)
  if (labels !== undefined) {
    const names = listedClassNames(labels)
    if (positive !== undefined) names.indexOf('positive', positive)
    if (positive !== undefined && names.count !== 2) {
      throw invalidOption(`positive is given for ${names.count} classes`, 'Leave it out, or list two classes.')
    }
  }
  return {
    kind: 'classification',
    open: (open) => openClassification({ labels, positive, topK, scores }, open),
  }
}

interface Settings {
  readonly labels: readonly ClassLabel[] | undefined
  readonly positive: ClassLabel | undefined
  readonly topK: readonly number[] | undefined
  readonly scores: ScoreKind
}

function openClassification(
  settings: Settings,
  { seed, keptBytesMax }: OpenTaskOptions,
): TaskCounter<ClassificationRow, ClassificationDetails> {
  const classes = settings.labels === undefined ? foundClassNames() : listedClassNames(settings.labels)
  const matrix = createGrowingMatrix()
  const topK = settings.topK ?? [5]
  const sums = createScoreCounts(topK)
  let kept: ValueStore | undefined
  let rowCount = 0
  let unlikelyCount = 0

  const positiveIndex = (): number | undefined => {
    if (classes.count !== 2) return undefined
    if (settings.positive !== undefined) return classes.names().indexOf(String(settings.positive))
    return classes.shownOrder()[1]
  }
  const shownPositive = (): number | undefined => {
    const positive = positiveIndex()
    return positive === undefined ? undefined : classes.shownOrder().indexOf(positive)
  }
  const count = (row: ReadClassificationRow, cost: { logLoss: number; brier: number }, isLikely: boolean): void => {
    rowCount += 1
    matrix.add(row.label, row.prediction)
    if (row.scores === undefined) return
    if (!isLikely) unlikelyCount += 1
    sums.add({ label: row.label, prediction: row.prediction, scores: row.scores, ...cost })
    const width = row.scores.length + 1
    kept ??= createValueStore({ width, bytesMax: keptBytesMax, seed })
    const values = row.scores instanceof Float32Array ? new Float32Array(width) : new Float64Array(width)
    values[0] = row.label
    values.set(row.scores, 1)
    kept.add(values)
  }
  const cellsOf = ({ label, prediction, scores }: ReadClassificationRow): Record<string, unknown> => {
    const names = classes.names()
    const perClass = scores === undefined || scores.length > scoreColumnsMax ? [] : [...scores]
    return {
      label: names[label],
      prediction: names[prediction],
      ...(scores === undefined ? {} : { score: scores[prediction] }),
      correct: label === prediction,
      ...Object.fromEntries(perClass.map((score, index) => [`score_${names[index]}`, score])),
    }
  }

  return {
    recordColumns: ['label', 'prediction', 'log_loss', 'brier'],
    measuredMetrics,
    judge(row): Judgement {
      const read = readClassificationRow(row, classes, { kind: settings.scores, scoreCount: kept && kept.width - 1 })
      const isCorrect = read.label === read.prediction
      const isLikely = read.scores !== undefined && areProbabilities(read.scores)
      const cost = read.scores === undefined ? noCost : costOfRow(read.label, read.scores)
      return {
        isCorrect,
        badness: isLikely ? cost.logLoss : isCorrect ? 0 : 1,
        confidence: read.scores?.[read.prediction],
        record: [read.label, read.prediction, isLikely ? cost.logLoss : Number.NaN, isLikely ? cost.brier : Number.NaN],
        count: () => count(read, cost, isLikely),
        cells: () => cellsOf(read),
      }
    },
    measure: (records, rows) => measure(records, rows, classes.count, positiveIndex()),
    describeRecord: ([, prediction], meaning) => ({ prediction: namesOf(meaning)[prediction!] ?? null }),
    translateRecords([labels, predictions, ...others], meaning) {
      const places = namesOf(meaning).map((name) => classes.names().indexOf(name))
      if (places.length === 0 || places.includes(-1)) return undefined
      return [labels!.map((label) => places[label]!), predictions!.map((one) => places[one]!), ...others]
    },
    recordsMeaning: () => JSON.stringify([classes.names(), positiveIndex()]),
    report: () =>
      classificationReport({
        names: classes.shownOrder().map((index) => classes.names()[index]!),
        matrix: matrix.toMatrix(classes.shownOrder()),
        positive: shownPositive(),
        sums,
        topK: settings.topK ?? (classes.count > 5 ? [5] : []),
        kept,
        rowCount,
        unlikelyCount,
      }),
  }
}

/** The classes of a baseline; none if somebody else wrote it. */
function namesOf(meaning: string): readonly string[] {
  try {
    const [names] = JSON.parse(meaning)
    return names
  } catch {
    return []
  }
}

const noCost = { logLoss: Number.NaN, brier: Number.NaN }

const measuredMetrics = [
  ...['accuracy', 'balanced_accuracy', 'precision_macro', 'recall_macro', 'f1_macro', 'f1_weighted', 'mcc'],
  ...['log_loss', 'brier', 'precision', 'recall', 'f1'],
]

/** NaN for what the rows do not have. */
function measure(
  [labels, predictions, logLosses, briers]: RecordColumns,
  rows: Uint32Array,
  classCount: number,
  positive: number | undefined,
): number[] {
  const counts: ClassCounts = {
    truePositive: new Float64Array(classCount),
    actual: new Float64Array(classCount),
    predicted: new Float64Array(classCount),
  }
  let logLoss = 0
  let brier = 0
  for (const row of rows) {
    const [label, prediction] = [labels![row]!, predictions![row]!]
    counts.actual[label]! += 1
    counts.predicted[prediction]! += 1
    if (label === prediction) counts.truePositive[label]! += 1
    logLoss += logLosses![row]!
    brier += briers![row]!
  }
  const { perClass, macro, weighted } = reportOfCounts(counts)
  const ofPositive = positive === undefined ? undefined : perClass[positive]
  return [
    sumOf(counts.truePositive) / rows.length,
    balancedAccuracyOfCounts(counts),
    macro.precision,
    macro.recall,
    macro.f1,
    weighted.f1,
    matthewsOfCounts(counts),
    logLoss / rows.length,
    brier / rows.length,
    ofPositive?.precision ?? Number.NaN,
    ofPositive?.recall ?? Number.NaN,
    ofPositive?.f1 ?? Number.NaN,
  ]
}
