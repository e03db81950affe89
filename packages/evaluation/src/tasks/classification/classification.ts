import { invalidOption, requireInteger, requireOneOf } from '../../errors.ts'
import type { EvaluationTask, Judgement, OpenTaskOptions, TaskCounter } from '../evaluation-task.ts'
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
import { measureClasses, measuredMetrics } from './measure-classes.ts'
import { areProbabilities, createScoreCounts, type RowScore, scoreOfRow } from './score-counts.ts'

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
  let incomparableCount = 0

  const positiveIndex = (): number | undefined => {
    if (classes.count !== 2) return undefined
    if (settings.positive !== undefined) return classes.names().indexOf(String(settings.positive))
    return classes.shownOrder()[1]
  }
  const shownPositive = (): number | undefined => {
    const positive = positiveIndex()
    return positive === undefined ? undefined : classes.shownOrder().indexOf(positive)
  }
  const count = (row: ReadClassificationRow, score: RowScore, isLikely: boolean): void => {
    rowCount += 1
    matrix.add(row.label, row.prediction)
    if (row.scores === undefined) return
    if (!isLikely) {
      unlikelyCount += 1
      if (!areComplementary(row.scores)) incomparableCount += 1
    }
    sums.add({ isCorrect: row.label === row.prediction, ...score })
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
    recordColumns: ['label', 'prediction', 'log_loss', 'brier', 'score', 'rank'],
    measuredMetrics: [...measuredMetrics, ...topK.map((k) => `top${k}_accuracy`)],
    judge(row): Judgement {
      const read = readClassificationRow(row, classes, { kind: settings.scores, scoreCount: kept && kept.width - 1 })
      const isCorrect = read.label === read.prediction
      const isLikely = read.scores !== undefined && areProbabilities(read.scores)
      const score = scoreOfRow(read.label, read.prediction, read.scores)
      const cost = isLikely ? [score.logLoss, score.brier] : [Number.NaN, Number.NaN]
      return {
        isCorrect,
        badness: isLikely ? score.logLoss : isCorrect ? 0 : 1,
        confidence: read.scores === undefined ? undefined : score.confidence,
        record: [read.label, read.prediction, ...cost, score.confidence, score.rank],
        count: () => count(read, score, isLikely),
        cells: () => cellsOf(read),
      }
    },
    measure: (records, rows) =>
      measureClasses(records, rows, { classCount: classes.count, positive: positiveIndex(), topK }),
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
        incomparableCount,
        seed,
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

/** Of a single score of two classes: greater for one class is smaller for the other, in every row. */
function areComplementary(scores: ArrayLike<number>): boolean {
  return scores.length === 2 && Math.abs(scores[0]! + scores[1]! - 1) <= 1e-9 * Math.max(1, Math.abs(scores[1]!))
}
