import { giveTurn } from '@lossline/core/adapter'
import { sumOf } from '../../classification/confusion-matrix.ts'
import { type BestThreshold, bestThresholdOfCounts } from '../../curves/best-threshold.ts'
import { isOfClass } from '../../curves/multi-class.ts'
import { averagePrecisionOfCounts } from '../../curves/precision-recall-curve.ts'
import { hasNaN, type RankedCounts, rankedCounts } from '../../curves/ranked-counts.ts'
import { rocAucOfCounts } from '../../curves/roc-curve.ts'
import { meanOfDefined, weightedMeanOfDefined } from '../../labels/average.ts'
import { createAreaResampling, type DrawnAreas } from '../area-resampling.ts'
import type { Resampling } from '../evaluation-task.ts'
import type { ValueStore } from '../value-store.ts'
import { type ClassCurves, classCurves } from './class-charts.ts'

/** What needs the scores of all rows at once. */
export interface RankingReport {
  readonly metrics: Readonly<Record<string, number>>
  /** By index of the class. NaN for a class that no row, or every row, has, and with NaN among the scores. */
  readonly rocAuc: Float64Array
  /** By index of the class. NaN for a class that no row has, and with NaN among the scores. */
  readonly averagePrecision: Float64Array
  /** The classes that curves are drawn for. */
  readonly curves: readonly ClassCurves[]
  /** For two classes: from which score on F1 of the positive one is best. */
  readonly bestThreshold: BestThreshold | undefined
}

/** Curves for more classes cannot be told apart. */
const curveClassesMax = 100

/**
 * Areas and curves of each class against all others, equal to `rocAucOneVsRest` and `averagePrecisionOneVsRest`. Scores are put in order once
 * a class, with turns for others in between: a million rows take a fifth of a second each.
 *
 * @param kept - Rows of the label and the scores of all classes.
 * @param positive - Index of the positive class; `undefined` for more than two classes.
 */
export async function rankingReport(
  kept: ValueStore,
  names: readonly string[],
  positive: number | undefined,
): Promise<RankingReport> {
  const classCount = names.length
  const labels = kept.column(0)
  const rocAuc = new Float64Array(classCount)
  const averagePrecision = new Float64Array(classCount)
  const supports = new Float64Array(classCount)
  const curves: ClassCurves[] = []
  const drawnCount = positive === undefined ? classCount : 1
  let best: BestThreshold | undefined
  for (let index = 0; index < classCount; index += 1) {
    const isPositive = isOfClass(labels, index)
    const counts = countsOfClass(kept, isPositive, index)
    supports[index] = sumOf(isPositive)
    const isThere = counts !== undefined && counts.positiveCount > 0
    rocAuc[index] = isThere ? rocAucOfCounts(counts) : Number.NaN
    averagePrecision[index] = isThere ? averagePrecisionOfCounts(counts) : Number.NaN
    const isDrawn = isThere && counts.negativeCount > 0 && drawnCount <= curveClassesMax
    if (isDrawn && (positive ?? index) === index) curves.push(classCurves(names[index]!, counts, drawnCount))
    if (counts !== undefined && index === positive) best = bestThresholdOfCounts(counts)
    await giveTurn()
  }
  const metrics = positive === undefined ? averagesOf(rocAuc, averagePrecision, supports) : undefined
  return {
    metrics: metrics ?? {
      roc_auc: rocAuc[positive!]!,
      // Without positive rows it is 0, as in scikit-learn.
      average_precision: supports[positive!] === 0 && best !== undefined ? 0 : averagePrecision[positive!]!,
      ...(best === undefined ? {} : { best_threshold: best.threshold, best_threshold_f1: best.value }),
    },
    rocAuc,
    averagePrecision,
    curves,
    bestThreshold: best,
  }
}

/**
 * Draws rows for intervals of areas. `undefined` with NaN among the scores, and for more classes than can be measured a thousand
 * times.
 *
 * @param positive - Index of the positive class; `undefined` for more than two classes.
 */
export function rankingResampling(
  kept: ValueStore,
  {
    classCount,
    positive,
    seed,
  }: { readonly classCount: number; readonly positive: number | undefined; readonly seed: number },
): (() => Promise<Resampling>) | undefined {
  if (classCount > curveClassesMax || hasNaN(kept.values())) return undefined
  const labels = kept.column(0)
  const classAt = (index: number) => ({
    isPositive: isOfClass(labels, index),
    scores: kept.column(index + 1),
  })
  const common = { rowCount: kept.rowCount, seed }
  if (positive !== undefined) {
    const ofPositive = {
      names: ['roc_auc', 'average_precision'],
      classCount: 1,
      classAt: () => classAt(positive),
      average: ({ rocAuc, averagePrecision }: DrawnAreas) => [rocAuc[0]!, averagePrecision[0]!],
    }
    return () => createAreaResampling({ ...common, ...ofPositive })
  }
  const ofAll = {
    names: ['roc_auc', 'roc_auc_weighted', 'average_precision', 'average_precision_weighted'],
    classCount,
    classAt,
    average: ({ rocAuc, averagePrecision, supports }: DrawnAreas) =>
      Object.values(averagesOf(rocAuc, averagePrecision, supports)),
  }
  return () => createAreaResampling({ ...common, ...ofAll })
}

/** A class that is there and is not all there is has an area, unless its scores hold NaN: then nothing can be said of all. */
function averagesOf(
  rocAuc: Float64Array,
  averagePrecision: Float64Array,
  supports: Float64Array,
): Record<string, number> {
  const isBroken = averagePrecision.some((value, index) => Number.isNaN(value) && supports[index]! > 0)
  const average = (values: Float64Array): readonly [number, number] =>
    isBroken ? [Number.NaN, Number.NaN] : [meanOfDefined(values), weightedMeanOfDefined(values, supports)]
  const [area, weightedArea] = average(rocAuc)
  const [precision, weightedPrecision] = average(averagePrecision)
  return {
    roc_auc: area,
    roc_auc_weighted: weightedArea,
    average_precision: precision,
    average_precision_weighted: weightedPrecision,
  }
}

/** `undefined` with NaN among the scores, which have no order then. */
function countsOfClass(kept: ValueStore, isPositive: Uint8Array, index: number): RankedCounts | undefined {
  const scores = kept.column(index + 1)
  return hasNaN(scores) ? undefined : rankedCounts(isPositive, scores)
}
