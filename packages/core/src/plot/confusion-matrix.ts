import { InvalidPlotError } from '../errors.ts'
import type { OptionNames } from '../options/check-options.ts'
import { Table } from '../table/table.ts'
import {
  type ChartUsage,
  checkChartOptions,
  checkLabels,
  checkList,
  checkNumberLists,
  checkTexts,
} from './check-arguments.ts'
import { type ClassLabel, indexOfLargest, type Probabilities, uniqueSorted } from './classes.ts'
import { type ChartOptions, type CustomChart, chartOptionNames } from './custom-chart.ts'
import { plotTable } from './plot-table.ts'

/** What a confusion matrix counts. Either `preds` or `probs`. */
export interface ConfusionMatrixOptions extends ChartOptions {
  /** True class of each example: its index in `classNames`, or without those any label. */
  readonly yTrue: ArrayLike<ClassLabel>
  /** Predicted class of each example. */
  readonly preds?: ArrayLike<ClassLabel> | undefined
  /** For each example the probability of each class; the most probable one is the predicted one. */
  readonly probs?: Probabilities | undefined
  /** Default: `Class_1`, `Class_2`, … in the order of the sorted labels. */
  readonly classNames?: readonly string[] | undefined
}

const usage: ChartUsage = {
  name: 'plot.confusionMatrix',
  parameters: '{ yTrue, preds, classNames }',
  options: {
    ...chartOptionNames,
    yTrue: true,
    preds: true,
    probs: true,
    classNames: true,
  } satisfies OptionNames<ConfusionMatrixOptions>,
}

/**
 * How often each class was predicted for each true class.
 *
 * @throws {@link InvalidPlotError} when the lists do not go together, or a label has no class.
 * @example run.log({ confusion: plot.confusionMatrix({ yTrue, preds, classNames: ['cat', 'dog'] }) })
 */
export function confusionMatrix(options: ConfusionMatrixOptions): CustomChart {
  checkChartOptions(options, usage)
  checkLabels(options.yTrue, 'yTrue', usage)
  if (options.preds !== undefined) checkLabels(options.preds, 'preds', usage)
  if (options.probs !== undefined) checkNumberLists(options.probs, 'probs', usage)
  if (options.classNames !== undefined) checkList(options.classNames, 'classNames', usage)
  checkTexts(options.classNames, 'classNames', usage)
  const { title = 'Confusion Matrix Curve', splitTable } = options
  const actual = Array.from(options.yTrue)
  const predicted = predictionsOf(options)
  if (predicted.length !== actual.length) {
    throw new InvalidPlotError(
      `${predicted.length} predictions do not go with ${actual.length} true labels.`,
      'Pass one prediction for each label.',
    )
  }
  const labels: readonly ClassLabel[] =
    options.classNames?.map((_, index) => index) ?? uniqueSorted([...predicted, ...actual])
  const names = options.classNames ?? labels.map((_, index) => `Class_${index + 1}`)
  const counts = countPairs(actual, predicted, labels)
  const pairs = names.flatMap((row, rowIndex) =>
    names.map((column, columnIndex) => ({ row, column, rowIndex, columnIndex })),
  )
  const table = new Table({ columns: [] })
    .addColumn(
      'Actual',
      pairs.map(({ row }) => row),
      { optional: true },
    )
    .addColumn(
      'Predicted',
      pairs.map(({ column }) => column),
      { optional: true },
    )
    .addColumn(
      'nPredictions',
      Float64Array.from(pairs, ({ rowIndex, columnIndex }) => counts[rowIndex * labels.length + columnIndex] as number),
      { optional: true },
    )
  return plotTable({
    preset: 'wandb/confusion_matrix/v1',
    table,
    fields: { Actual: 'Actual', Predicted: 'Predicted', nPredictions: 'nPredictions' },
    texts: { title },
    splitTable,
  })
}

function predictionsOf({ preds, probs }: ConfusionMatrixOptions): ClassLabel[] {
  if (preds !== undefined && probs !== undefined) {
    throw new InvalidPlotError('Both preds and probs were given.', 'Pass one of them.')
  }
  if (preds !== undefined) return Array.from(preds)
  if (probs !== undefined) return probs.map(indexOfLargest)
  throw new InvalidPlotError('Neither preds nor probs were given.', 'Pass one of them.')
}

function countPairs(
  actual: readonly ClassLabel[],
  predicted: readonly ClassLabel[],
  labels: readonly ClassLabel[],
): Float64Array {
  const indexes = new Map(labels.map((label, index) => [label, index]))
  const indexOf = (label: ClassLabel): number => {
    const index = indexes.get(label)
    if (index !== undefined) return index
    throw new InvalidPlotError(
      `Label ${JSON.stringify(label)} has no class: there are ${labels.length} class names.`,
      'With classNames, labels are their indexes.',
    )
  }
  const counts = new Float64Array(labels.length ** 2)
  for (const [example, label] of actual.entries()) {
    const cell = indexOf(label) * labels.length + indexOf(predicted[example] as ClassLabel)
    counts[cell] = (counts[cell] as number) + 1
  }
  return counts
}
