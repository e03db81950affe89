import { InvalidPlotError } from '../errors.ts'
import type { OptionNames } from '../options/check-options.ts'
import { describeValue } from '../values/describe-value.ts'
import { binaryCurve } from './binary-curve.ts'
import { type ChartUsage, checkChartOptions } from './check-arguments.ts'
import { type ClassCurve, type ClassesOptions, classesOptionNames, toClasses } from './classes.ts'
import { toCurveTable } from './curve-table.ts'
import { type ChartOptions, type CustomChart, chartOptionNames } from './custom-chart.ts'
import { plotTable } from './plot-table.ts'

/** What a precision-recall curve is computed from. */
export interface PrCurveOptions extends ChartOptions, ClassesOptions {
  /** Points of each curve, evenly spaced in recall. Default 21. */
  readonly interpSize?: number | undefined
}

const usage: ChartUsage = {
  name: 'plot.prCurve',
  parameters: '{ yTrue, yProbas, labels }',
  options: {
    ...chartOptionNames,
    ...classesOptionNames,
    interpSize: true,
  } satisfies OptionNames<PrCurveOptions>,
}

/**
 * Precision against recall, a curve for each class against all others.
 *
 * @throws {@link InvalidPlotError} when labels and probabilities do not go together.
 */
export function prCurve(options: PrCurveOptions): CustomChart {
  checkChartOptions(options, usage)
  const { interpSize = 21, title = 'Precision-Recall Curve', splitTable } = options
  if (!(Number.isInteger(interpSize) && interpSize >= 1)) {
    throw new InvalidPlotError(
      `interpSize is a whole number from 1 on, not ${describeValue(interpSize)}.`,
      'Leave it out for 21.',
    )
  }
  const recalls = spaced(interpSize).reverse()
  const curves = toClasses(options, usage).map((curve) => ({
    name: curve.name,
    first: interpolate(curve, recalls),
    second: recalls,
  }))
  return plotTable({
    preset: 'wandb/area-under-curve/v0',
    table: toCurveTable(curves, ['precision', 'recall']),
    fields: { x: 'recall', y: 'precision', class: 'class' },
    texts: { title, 'x-axis-title': 'Recall', 'y-axis-title': 'Precision' },
    splitTable,
  })
}

/** Numbers from 0 to 1, as NumPy spaces them. */
function spaced(count: number): number[] {
  const step = 1 / (count - 1)
  return Array.from({ length: count }, (_, index) =>
    index > 0 && index === count - 1 ? 1 : index === 0 ? 0 : index * step,
  )
}

/** The best precision at each recall or more. */
function interpolate({ isPositive, scores }: ClassCurve, recalls: readonly number[]): number[] {
  const { truePositives, falsePositives } = binaryCurve(isPositive, scores)
  const positives = truePositives.at(-1) ?? 0
  // From the highest threshold down: recall grows. The point without any example comes first.
  const recall = [0, ...truePositives.map((count) => (positives === 0 ? 1 : count / positives))]
  const precision = [1, ...truePositives.map((count, index) => count / (count + (falsePositives[index] as number)))]
  for (let index = precision.length - 2; index >= 0; index -= 1) {
    precision[index] = Math.max(precision[index] as number, precision[index + 1] as number)
  }
  return recalls.map((wanted) => precision[recall.findIndex((reached) => reached >= wanted)] as number)
}
