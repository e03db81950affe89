import { type BestThreshold, bestThreshold } from '../../curves/best-threshold.ts'
import { averagePrecisionOneVsRest, isOfClass, rocAucOneVsRest } from '../../curves/multi-class.ts'
import { averagePrecision } from '../../curves/precision-recall-curve.ts'
import { hasNaN } from '../../curves/ranked-counts.ts'
import { rocAuc } from '../../curves/roc-curve.ts'
import type { ValueStore } from '../value-store.ts'
import type { ClassCurves } from './class-charts.ts'

/** What needs the scores of all rows at once. */
export interface RankingReport {
  readonly metrics: Readonly<Record<string, number>>
  /** By index of the class. */
  readonly rocAuc: Float64Array
  readonly averagePrecision: Float64Array
  /** The classes that curves are drawn for. Empty with NaN among the scores. */
  readonly curves: readonly ClassCurves[]
  /** For two classes: from which score on F1 of the positive one is best. */
  readonly bestThreshold: BestThreshold | undefined
}

/** Curves for more classes cannot be told apart. */
const curveClassesMax = 100

/**
 * @param kept - Rows of the label and the scores of all classes.
 * @param positive - Index of the positive class; `undefined` for more than two classes.
 */
export function rankingReport(kept: ValueStore, names: readonly string[], positive: number | undefined): RankingReport {
  const classCount = names.length
  const { labels, scores } = split(kept, classCount)
  const columnOf = (index: number): Float64Array =>
    Float64Array.from({ length: labels.length }, (_, row) => scores[row * classCount + index]!)
  const isNaNAmong = hasNaN(scores)
  if (positive !== undefined) {
    const [isPositive, column] = [isOfClass(labels, positive), columnOf(positive)]
    const [area, precision] = [rocAuc(isPositive, column), averagePrecision(isPositive, column)]
    const best = isNaNAmong ? undefined : bestThreshold(isPositive, column)
    return {
      metrics: {
        roc_auc: area,
        average_precision: precision,
        ...(best === undefined ? {} : { best_threshold: best.threshold, best_threshold_f1: best.value }),
      },
      rocAuc: Float64Array.of(area, area),
      averagePrecision: Float64Array.from([0, 1], (index) =>
        index === positive ? precision : averagePrecision(isOfClass(labels, index), columnOf(index)),
      ),
      curves: isNaNAmong ? [] : [{ name: names[positive]!, isPositive, scores: column }],
      bestThreshold: best,
    }
  }
  const areas = rocAucOneVsRest(labels, scores, { classCount })
  const precisions = averagePrecisionOneVsRest(labels, scores, { classCount })
  const shown = classCount > curveClassesMax || isNaNAmong ? [] : names
  return {
    metrics: {
      roc_auc: areas.macro,
      roc_auc_weighted: areas.weighted,
      average_precision: precisions.macro,
      average_precision_weighted: precisions.weighted,
    },
    rocAuc: areas.perClass,
    averagePrecision: precisions.perClass,
    curves: shown.flatMap((name, index) => {
      const isPositive = isOfClass(labels, index)
      // Without rows of the class, or with no others, there is no curve.
      if (!isPositive.includes(1) || !isPositive.includes(0)) return []
      return [{ name, isPositive, scores: columnOf(index) }]
    }),
    bestThreshold: undefined,
  }
}

function split(kept: ValueStore, classCount: number): { labels: Uint32Array; scores: Float32Array | Float64Array } {
  const values = kept.values()
  const { rowCount } = kept
  const labels = new Uint32Array(rowCount)
  const scores =
    values instanceof Float32Array ? new Float32Array(rowCount * classCount) : new Float64Array(rowCount * classCount)
  for (let row = 0; row < rowCount; row += 1) {
    const start = row * (classCount + 1)
    labels[row] = values[start]!
    scores.set(values.subarray(start + 1, start + 1 + classCount), row * classCount)
  }
  return { labels, scores }
}
