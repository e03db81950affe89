import { accuracyOf, balancedAccuracy } from '../../classification/accuracy.ts'
import { cohenKappa, matthewsCorrelation } from '../../classification/agreement.ts'
import type { CalibrationBin } from '../../classification/calibration.ts'
import type { ConfusionMatrix } from '../../classification/confusion-matrix.ts'
import { type PrecisionRecallF1Report, precisionRecallF1 } from '../../classification/precision-recall-f1.ts'
import type { BestThreshold } from '../../curves/best-threshold.ts'
import { basisOf } from '../basis-of.ts'
import type { ChartParts, TaskReport } from '../evaluation-task.ts'
import type { ValueStore } from '../value-store.ts'
import { confusionMatrixChart, precisionRecallChart, rocChart } from './class-charts.ts'
import { type RankingReport, rankingReport, rankingResampling } from './ranking-report.ts'
import type { ScoreCounts } from './score-counts.ts'

/** What is particular to an evaluated classifier. */
export interface ClassificationDetails {
  readonly classes: readonly string[]
  /** Rows are actual classes, columns predicted ones, in the order of `classes`. All rows are counted. */
  readonly confusionMatrix: ConfusionMatrix
  readonly perClass: readonly ClassReport[]
  /** Reliability diagram of the predictions' scores; undefined without scores that are probabilities. */
  readonly calibration: readonly CalibrationBin[] | undefined
  /** Of two classes with scores. */
  readonly bestThreshold: BestThreshold | undefined
}

/** One class. NaN where there are no scores, or the class does not occur. */
export interface ClassReport {
  readonly class: string
  readonly precision: number
  readonly recall: number
  readonly f1: number
  /** Rows of this class. */
  readonly support: number
  readonly rocAuc: number
  readonly averagePrecision: number
}

/** What was counted of a classifier, with its classes in the order in which they are shown. */
export interface CountedClasses {
  readonly names: readonly string[]
  readonly matrix: ConfusionMatrix
  /** Index of the positive class, of two. */
  readonly positive: number | undefined
  readonly sums: ScoreCounts
  readonly topK: readonly number[]
  readonly kept: ValueStore | undefined
  readonly rowCount: number
  /** Rows whose scores are no probabilities. */
  readonly unlikelyCount: number
  /** Those of them whose scores of a class cannot be compared with those of other rows. */
  readonly incomparableCount: number
  readonly seed: number
}

/** Metrics, per-class table and charts of a classifier. */
export async function classificationReport(counted: CountedClasses): Promise<TaskReport<ClassificationDetails>> {
  const { names, matrix, positive, sums, kept, rowCount, seed } = counted
  const report = precisionRecallF1(matrix)
  const doubt = doubtOf(counted)
  // Areas compare the scores of one class over all rows: logits of several classes mean nothing there.
  const isRanked = kept !== undefined && counted.incomparableCount === 0
  const ranking = isRanked ? await rankingReport(kept, names, positive) : undefined
  const scoreMetrics = scoreMetricsOf(counted)
  const perClass = names.map((name, index) => ({
    class: name,
    ...report.perClass[index]!,
    rocAuc: ranking?.rocAuc[index] ?? Number.NaN,
    averagePrecision: ranking?.averagePrecision[index] ?? Number.NaN,
  }))
  return {
    metrics: {
      accuracy: accuracyOf(matrix),
      balanced_accuracy: balancedAccuracy(matrix),
      ...averagesOf(report, positive),
      mcc: matthewsCorrelation(matrix),
      cohen_kappa: cohenKappa(matrix),
      ...scoreMetrics,
      ...ranking?.metrics,
    },
    basis: {
      ...basisOf(scoreMetrics, sums.rowCount, rowCount),
      ...basisOf(ranking?.metrics ?? {}, kept?.rowCount ?? 0, rowCount),
    },
    details: {
      classes: names,
      confusionMatrix: matrix,
      perClass,
      calibration: 'ece' in scoreMetrics ? sums.bins() : undefined,
      bestThreshold: ranking?.bestThreshold,
    },
    tables: {
      per_class: perClass.map(({ rocAuc, averagePrecision, ...one }) => ({
        ...one,
        ...(ranking === undefined ? {} : { roc_auc: rocAuc, average_precision: averagePrecision }),
      })),
    },
    charts: chartsOf(names, matrix, ranking),
    notes: notesOf(counted),
    doubt,
    resampling: !isRanked ? undefined : rankingResampling(kept, { classCount: names.length, positive, seed }),
  }
}

function averagesOf(
  { perClass, macro, micro, weighted }: PrecisionRecallF1Report,
  positive: number | undefined,
): Record<string, number> {
  const of = positive === undefined ? undefined : perClass[positive]
  return {
    ...(of === undefined ? {} : { precision: of.precision, recall: of.recall, f1: of.f1 }),
    precision_macro: macro.precision,
    recall_macro: macro.recall,
    f1_macro: macro.f1,
    precision_micro: micro.precision,
    recall_micro: micro.recall,
    f1_micro: micro.f1,
    precision_weighted: weighted.precision,
    recall_weighted: weighted.recall,
    f1_weighted: weighted.f1,
  }
}

function scoreMetricsOf({ sums, topK, unlikelyCount }: CountedClasses): Record<string, number> {
  if (sums.rowCount === 0) return {}
  const tops = Object.fromEntries(topK.map((k) => [`top${k}_accuracy`, sums.topK(k)]))
  if (unlikelyCount > 0) return tops
  return { log_loss: sums.logLoss(), brier: sums.brier(), ece: sums.ece(), ...tops }
}

function chartsOf(
  names: readonly string[],
  matrix: ConfusionMatrix,
  ranking: RankingReport | undefined,
): Record<string, ChartParts> {
  const confusion = confusionMatrixChart(names, matrix)
  const hasCurves = ranking !== undefined && ranking.curves.length > 0
  return {
    ...(confusion === undefined ? {} : { confusion_matrix: confusion }),
    ...(hasCurves ? { pr_curve: precisionRecallChart(ranking.curves), roc_curve: rocChart(ranking.curves) } : {}),
  }
}

function doubtOf({ unlikelyCount, incomparableCount }: CountedClasses): { message: string; hint: string } | undefined {
  if (unlikelyCount === 0) return undefined
  const missing = incomparableCount > 0 ? 'log_loss, brier, ece, areas and curves' : 'log_loss, brier and ece'
  return {
    message: `The scores of ${unlikelyCount} rows are no probabilities, so ${missing} are left out.`,
    hint: "If they are logits, pass classification({ scores: 'logits' }).",
  }
}

function notesOf({ names, sums, kept, rowCount }: CountedClasses): string[] {
  return [
    ...(sums.rowCount > 0 && sums.rowCount < rowCount ? [`${rowCount - sums.rowCount} rows have no scores.`] : []),
    ...(kept !== undefined && kept.rowCount < kept.offeredCount
      ? [`Areas and curves rest on a fair sample of ${kept.rowCount} of ${kept.offeredCount} rows with scores.`]
      : []),
    ...(names.length > 100 ? ['There are more than 100 classes, so their matrix and curves are not drawn.'] : []),
  ]
}
