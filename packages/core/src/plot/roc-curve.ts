import type { OptionNames } from '../options/check-options.ts'
import { binaryCurve } from './binary-curve.ts'
import { type ChartUsage, checkChartOptions } from './check-arguments.ts'
import { type ClassCurve, type ClassesOptions, classesOptionNames, toClasses } from './classes.ts'
import { type CurvePoints, toCurveTable } from './curve-table.ts'
import { type ChartOptions, type CustomChart, chartOptionNames } from './custom-chart.ts'
import { plotTable } from './plot-table.ts'

/** What a ROC curve is computed from. */
export interface RocCurveOptions extends ChartOptions, ClassesOptions {}

const usage: ChartUsage = {
  name: 'plot.rocCurve',
  parameters: '{ yTrue, yProbas, labels }',
  options: {
    ...chartOptionNames,
    ...classesOptionNames,
  } satisfies OptionNames<RocCurveOptions>,
}

/**
 * True against false positive rate, a curve for each class against all others.
 *
 * @throws {@link InvalidPlotError} when labels and probabilities do not go together.
 */
export function rocCurve(options: RocCurveOptions): CustomChart {
  checkChartOptions(options, usage)
  const { title = 'ROC Curve', splitTable } = options
  return plotTable({
    preset: 'wandb/area-under-curve/v0',
    table: toCurveTable(toClasses(options, usage).map(toRates), ['fpr', 'tpr']),
    fields: { x: 'fpr', y: 'tpr', class: 'class' },
    texts: { title, 'x-axis-title': 'False positive rate', 'y-axis-title': 'True positive rate' },
    splitTable,
  })
}

function toRates({ name, isPositive, scores }: ClassCurve): CurvePoints {
  const { truePositives, falsePositives } = binaryCurve(isPositive, scores)
  const isCorner = (index: number): boolean =>
    index === 0 || index === truePositives.length - 1 || bendsAt(falsePositives, index) || bendsAt(truePositives, index)
  const corners = truePositives.map((_, index) => index).filter(isCorner)
  const rates = (counts: readonly number[]) => {
    const all = counts.at(-1) ?? 0
    // Without examples of the one kind there is no rate; a gap, as in scikit-learn.
    return [0, ...corners.map((index) => counts[index] as number)].map((count) => (all > 0 ? count / all : Number.NaN))
  }
  return { name, first: rates(falsePositives), second: rates(truePositives) }
}

/** Whether a point is not halfway between its neighbours. */
function bendsAt(counts: readonly number[], index: number): boolean {
  return (counts[index - 1] as number) + (counts[index + 1] as number) !== 2 * (counts[index] as number)
}
