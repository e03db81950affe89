import { compareCodePoints } from '@lossline/protocol'
import { InvalidPlotError } from '../errors.ts'
import type { OptionNames } from '../options/check-options.ts'
import { type ChartUsage, checkLabels, checkList, checkLists, checkTexts } from './check-arguments.ts'

/** What a class is called in the data: a number, mostly its index, or a name. */
export type ClassLabel = number | string | boolean

/** For each example the probability of each class, in the order of the sorted classes. */
export type Probabilities = readonly ArrayLike<number>[]

/** The different labels, sorted: numbers by size, texts by code point, as NumPy does. */
export function uniqueSorted(labels: Iterable<ClassLabel>): ClassLabel[] {
  return [...new Set(labels)].sort((one, other) =>
    typeof one === 'string' && typeof other === 'string' ? compareCodePoints(one, other) : Number(one) - Number(other),
  )
}

/** Index of the largest number; the first one if there are several. */
export function indexOfLargest(numbers: ArrayLike<number>): number {
  let best = 0
  for (let index = 1; index < numbers.length; index += 1) {
    if ((numbers[index] as number) > (numbers[best] as number)) best = index
  }
  return best
}

/** What a curve for each class is computed from. */
export interface ClassesOptions {
  /** True label of each example. */
  readonly yTrue: ArrayLike<ClassLabel>
  /** For each example the probability of each class, in the order of the sorted labels. */
  readonly yProbas: Probabilities
  /** Names of the classes by their numbers. Default: the labels. */
  readonly labels?: readonly string[] | undefined
  /** Default: all classes. */
  readonly classesToPlot?: readonly ClassLabel[] | undefined
}

export const classesOptionNames: OptionNames<ClassesOptions> = {
  yTrue: true,
  yProbas: true,
  labels: true,
  classesToPlot: true,
}

/** One class against all others. */
export interface ClassCurve {
  /** What the chart calls it. */
  readonly name: ClassLabel
  readonly isPositive: readonly boolean[]
  readonly scores: readonly number[]
}

/**
 * The classes that a curve is drawn for.
 *
 * @throws {@link InvalidPlotError} when labels and probabilities do not go together.
 */
export function toClasses({ yTrue, yProbas, labels, classesToPlot }: ClassesOptions, usage: ChartUsage): ClassCurve[] {
  checkLabels(yTrue, 'yTrue', usage)
  checkLists(yProbas, 'yProbas', usage)
  if (labels !== undefined) checkList(labels, 'labels', usage)
  checkTexts(labels, 'labels', usage)
  if (classesToPlot !== undefined) checkLabels(classesToPlot, 'classesToPlot', usage)
  const actual = Array.from(yTrue)
  if (actual.length !== yProbas.length) {
    throw new InvalidPlotError(
      `${actual.length} true labels do not go with probabilities of ${yProbas.length} examples.`,
      'Pass one list of probabilities for each label.',
    )
  }
  const classes = uniqueSorted(actual)
  const curves = new Map<ClassLabel, ClassCurve>()
  for (const [index, label] of classes.entries()) {
    if (classesToPlot !== undefined && !Array.from(classesToPlot).includes(label)) continue
    const name = (typeof label === 'number' ? labels?.[label] : undefined) ?? label
    curves.set(name, {
      name,
      isPositive: actual.map((candidate) => candidate === label),
      scores: yProbas.map((probabilities) => probabilityAt(probabilities, index)),
    })
  }
  return [...curves.values()]
}

function probabilityAt(probabilities: ArrayLike<number>, index: number): number {
  const probability = probabilities[index]
  if (typeof probability === 'number' && Number.isFinite(probability)) return probability
  throw new InvalidPlotError(
    `There is no finite probability of class number ${index}.`,
    'Pass for each example as many probabilities as there are classes.',
  )
}
