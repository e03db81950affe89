import { softmaxRows } from '@lossline/evaluation/metrics'
import type { GuessedTask } from './output-task.ts'

/** Values of one output for all rows, row by row. */
export interface OutputValues {
  readonly values: ArrayLike<number>
  /** Values of a row. */
  readonly width: number
  readonly rowCount: number
}

/** Cells of one row by column. */
export type Cells = Readonly<Record<string, unknown>>

export interface CellsOptions {
  /** What the output is; `undefined`: its values are shown as they are. */
  readonly task: GuessedTask | undefined
  /** Names of the classes. Default: their indices. */
  readonly labels: readonly string[] | undefined
}

// A column for each class up to here; more would hide the others.
const scoreColumnCountMax = 20
// Values of a row that are shown as a list.
const listLengthMax = 64
const threshold = 0.5

/** What a model has predicted for a row: prediction, score, a score for each class. */
export function toPredictionCells(output: OutputValues, row: number, { task, labels }: CellsOptions): Cells {
  const values = rowOf(output, row)
  if (task === undefined) return { prediction: toCell(values) }
  const scores = task.isLogits ? toProbabilities(values, task.task === 'classification') : values
  switch (task.task) {
    case 'classification': {
      // Of the values themselves: very small differences are gone after the softmax.
      const best = argmax(values)
      return { prediction: nameOf(best, labels), score: scores[best], ...toScoreColumns(scores, labels) }
    }
    case 'binary': {
      const score = scores[0] ?? Number.NaN
      return { prediction: nameOf(score >= threshold ? 1 : 0, labels), score }
    }
    case 'multi-label': {
      return { prediction: classesAbove(scores, labels), ...toScoreColumns(scores, labels) }
    }
    case 'regression':
      return { prediction: toCell(values) }
    default:
      return assertNever(task.task)
  }
}

/** What is right for a row, in the same words as the prediction. */
export function toLabelCell(truth: OutputValues, row: number, { task, labels }: CellsOptions): unknown {
  const values = rowOf(truth, row)
  if (task?.task === 'classification') return nameOf(classOf(values), labels)
  if (task?.task === 'binary') return nameOf((values.at(-1) ?? 0) >= threshold ? 1 : 0, labels)
  if (task?.task === 'multi-label') return classesAbove(values, labels)
  return toCell(values)
}

/** How far the prediction is from what is right: `correct`, or of a single number the `error`. */
export function toComparisonCells({ task }: CellsOptions, prediction: unknown, label: unknown): Cells {
  if (task === undefined) return {}
  if (task.task !== 'regression') return { correct: JSON.stringify(prediction) === JSON.stringify(label) }
  return typeof prediction === 'number' && typeof label === 'number' ? { error: prediction - label } : {}
}

/** The values of one row. */
export function rowOf({ values, width }: OutputValues, row: number): number[] {
  return Array.from({ length: width }, (_, index) => values[row * width + index] ?? Number.NaN)
}

/** A number as it is, several as a list, many as their number. */
function toCell(values: readonly number[]): unknown {
  if (values.length === 1) return values[0]
  return values.length <= listLengthMax ? values : `${values.length} values`
}

function toScoreColumns(scores: readonly number[], labels: readonly string[] | undefined): Cells {
  if (scores.length > scoreColumnCountMax) return {}
  return Object.fromEntries(scores.map((score, index) => [`score_${nameOf(index, labels)}`, score]))
}

function classesAbove(scores: readonly number[], labels: readonly string[] | undefined): unknown {
  return scores.flatMap((score, index) => (score >= threshold ? [String(nameOf(index, labels))] : [])).join(', ')
}

function nameOf(index: number, labels: readonly string[] | undefined): string | number {
  return labels === undefined ? index : (labels[index] ?? String(index))
}

/** The class that a label means: classes come as indices, or one-hot. */
export function classOf(label: readonly number[]): number {
  return label.length === 1 ? (label[0] ?? -1) : argmax(label)
}

/** The first of the largest; NaN never is. */
export function argmax(values: readonly number[]): number {
  let best = 0
  for (const [index, value] of values.entries()) {
    if (value > (values[best] ?? Number.NaN) || Number.isNaN(values[best])) best = index
  }
  return best
}

function toProbabilities(logits: readonly number[], isSoftmax: boolean): number[] {
  if (isSoftmax) return [...softmaxRows(logits, logits.length)]
  return logits.map((logit) => 1 / (1 + Math.exp(-logit)))
}

function assertNever(task: never): never {
  throw new Error(`There is no task ${String(task)}.`)
}
