import { regressionMetrics } from '../../regression/regression-metrics.ts'
import { requireNumber } from '../check-row.ts'
import type {
  ChartParts,
  EvaluationRow,
  EvaluationTask,
  HistogramParts,
  Judgement,
  OpenTaskOptions,
  RecordColumns,
  TaskCounter,
  TaskReport,
} from '../evaluation-task.ts'
import { createValueStore, type ValueStore } from '../value-store.ts'
import { createMoments, type Moments } from './moments.ts'

/** One row of a model that predicts a number. */
export interface RegressionRow extends EvaluationRow {
  /** The actual number. */
  readonly label: number | bigint
  readonly prediction: number | bigint
}

/** What is particular to an evaluated regression. */
export interface RegressionDetails {
  /** Prediction − label of the rows that are kept, counted into bins. */
  readonly residuals: HistogramParts
}

const residualBins = 64
/** Numbers are put in order for `median_absolute_error` and `spearman`: a million rows take two seconds. */
const keptRowsMax = 2 ** 20
/** Points beyond would lie over each other. */
const pointsMax = 2000

/**
 * Rows with a number each. Metrics: `mae`, `mse`, `rmse`, `r2`, `mape` (a fraction), `explained_variance`, `mean_error`, `max_error`,
 * `median_absolute_error`, `pearson`, `spearman`. NaN and infinities among the numbers are no error: what uses them is not finite.
 */
export function regression(): EvaluationTask<RegressionRow, RegressionDetails> {
  return { kind: 'regression', open: openRegression }
}

function openRegression({ seed, keptBytesMax }: OpenTaskOptions): TaskCounter<RegressionRow, RegressionDetails> {
  const moments = createMoments()
  const kept = createValueStore({ width: 2, bytesMax: Math.min(keptBytesMax, keptRowsMax * 16), seed })
  return {
    recordColumns: ['label', 'prediction'],
    measuredMetrics: ['mae', 'mse', 'rmse', 'r2', 'mape', 'mean_error'],
    judge(row): Judgement {
      const target = requireNumber('label', row.label)
      const prediction = requireNumber('prediction', row.prediction)
      const error = prediction - target
      return {
        isCorrect: undefined,
        badness: Math.abs(error),
        confidence: undefined,
        record: [target, prediction],
        count() {
          moments.add(target, prediction)
          kept.add([target, prediction])
        },
        cells: () => ({ label: target, prediction, error }),
      }
    },
    measure,
    describeRecord: ([, prediction]) => ({ prediction }),
    recordsMeaning: () => '',
    report: () => reportOf(moments, kept),
  }
}

function measure([targets, predictions]: RecordColumns, rows: Uint32Array): number[] {
  const moments = createMoments()
  for (const row of rows) moments.add(targets![row]!, predictions![row]!)
  const { meanAbsoluteError, meanSquaredError, r2, meanAbsolutePercentageError, meanError } = moments.metrics()
  return [meanAbsoluteError, meanSquaredError, Math.sqrt(meanSquaredError), r2, meanAbsolutePercentageError, meanError]
}

function reportOf(moments: Moments, kept: ValueStore): TaskReport<RegressionDetails> {
  const [targets, predictions] = [kept.column(0), kept.column(1)]
  const ofKept = regressionMetrics(targets, predictions)
  // While all rows are kept, two passes over them lose fewer digits than running sums.
  const isSample = kept.rowCount < moments.rowCount
  const exact = isSample ? moments.metrics() : ofKept
  const basis = isSample ? { median_absolute_error: kept.rowCount, spearman: kept.rowCount } : {}
  const residuals = histogramOf(targets.map((target, row) => predictions[row]! - target))
  return {
    metrics: {
      mae: exact.meanAbsoluteError,
      mse: exact.meanSquaredError,
      rmse: Math.sqrt(exact.meanSquaredError),
      r2: exact.r2,
      mape: exact.meanAbsolutePercentageError,
      explained_variance: exact.explainedVariance,
      mean_error: exact.meanError,
      max_error: exact.maxError,
      median_absolute_error: ofKept.medianAbsoluteError,
      pearson: exact.pearson,
      spearman: ofKept.spearman,
    },
    basis,
    details: { residuals },
    tables: {},
    charts: chartsOf(targets, predictions),
    histograms: residuals.counts.length > 0 ? { residuals } : {},
    notes: [],
  }
}

function chartsOf(targets: Float64Array, predictions: Float64Array): Record<string, ChartParts> {
  const step = Math.max(1, Math.ceil(targets.length / pointsMax))
  const shown = Array.from(targets.keys()).filter(
    (row) => row % step === 0 && Number.isFinite(targets[row]!) && Number.isFinite(predictions[row]!),
  )
  if (shown.length === 0) return {}
  const actual = shown.map((row) => targets[row]!)
  const predicted = shown.map((row) => predictions[row]!)
  return {
    predicted_vs_actual: {
      preset: 'wandb/scatter/v0',
      columns: { actual, predicted },
      fields: { x: 'actual', y: 'predicted' },
      texts: { title: 'Predicted and actual' },
    },
  }
}

function histogramOf(values: Float64Array): HistogramParts {
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return { counts: [], edges: [] }
  let [low, high] = [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))]
  if (low === high) [low, high] = [low - 0.5, high + 0.5]
  const counts = new Array<number>(residualBins).fill(0)
  for (const value of finite) {
    counts[Math.min(residualBins - 1, Math.floor(((value - low) / (high - low)) * residualBins))]! += 1
  }
  const edges = Array.from({ length: residualBins + 1 }, (_, bin) => low + ((high - low) * bin) / residualBins)
  return { counts, edges }
}
