import { isIterable } from '@lossline/core/adapter'
import { EvaluationError } from '../../errors.ts'
import { invalidRow, isList } from '../check-row.ts'
import type { ClassLabel, ClassNames } from '../classification/class-names.ts'
import type { ScoreKind } from '../classification/classification-row.ts'
import type { EvaluationRow } from '../evaluation-task.ts'

/** One row that may have several labels, or none. */
export interface MultiLabelRow extends EvaluationRow {
  /** The right labels: names or indices. */
  readonly label: Iterable<ClassLabel>
  /** The predicted ones. Default: those whose score reaches the threshold. */
  readonly prediction?: Iterable<ClassLabel> | undefined
  /** One for each label, in their order. Copied. */
  readonly scores?: ArrayLike<number> | undefined
}

/** How rows are read. */
export interface LabelSettings {
  readonly threshold: number
  readonly scores: ScoreKind
}

/** A row as one number for each label. */
export interface ReadLabels {
  readonly actual: Uint8Array
  readonly predicted: Uint8Array
  readonly scores: Float64Array | undefined
}

/** @throws EvaluationError `evaluation-row`, `evaluation-label`, `evaluation-length`. */
export function readLabelRow(
  row: MultiLabelRow,
  classes: ClassNames,
  { threshold, scores: kind }: LabelSettings,
): ReadLabels {
  const scores = readScores(row.scores, classes.count, kind)
  const actual = readLabels('label', row.label, classes)
  if (row.prediction !== undefined)
    return { actual, predicted: readLabels('prediction', row.prediction, classes), scores }
  if (scores === undefined) throw invalidRow('prediction', row.prediction, 'the predicted labels, or scores')
  return { actual, predicted: Uint8Array.from(scores, (score) => (score >= threshold ? 1 : 0)), scores }
}

function readLabels(member: string, labels: unknown, classes: ClassNames): Uint8Array {
  if (!isIterable(labels)) throw invalidRow(member, labels, 'a list of labels')
  const has = new Uint8Array(classes.count)
  for (const label of labels) has[classes.indexOf(`A member of ${member}`, label)] = 1
  return has
}

function readScores(scores: unknown, labelCount: number, kind: ScoreKind): Float64Array | undefined {
  if (scores === undefined || scores === null) return undefined
  if (!isList(scores)) throw invalidRow('scores', scores, 'a list of numbers')
  if (scores.length !== labelCount) {
    throw new EvaluationError({
      code: 'evaluation-length',
      message: `The row has ${scores.length} scores, and there are ${labelCount} labels.`,
      hint: 'Pass one score for each label, in the order of labels.',
    })
  }
  return Float64Array.from(scores, (score) => {
    if (typeof score !== 'number') throw invalidRow('A member of scores', score, 'numbers')
    return kind === 'logits' ? 1 / (1 + Math.exp(-score)) : score
  })
}

/** Labels of a row: right ones, actual, predicted, and wrong in either way. */
export function countRow({ actual, predicted }: ReadLabels): {
  right: number
  actual: number
  predicted: number
  wrong: number
} {
  const sums = { right: 0, actual: 0, predicted: 0, wrong: 0 }
  for (let index = 0; index < actual.length; index += 1) {
    sums.right += actual[index]! & predicted[index]!
    sums.actual += actual[index]!
    sums.predicted += predicted[index]!
    sums.wrong += actual[index]! ^ predicted[index]!
  }
  return sums
}

/** How sure the model was of the label that it got wrong most surely. */
export function surestWrong({ actual, predicted, scores }: ReadLabels): number | undefined {
  let surest: number | undefined
  for (let index = 0; index < actual.length && scores !== undefined; index += 1) {
    if (actual[index] === predicted[index]) continue
    const sureness = predicted[index] === 1 ? scores[index]! : 1 - scores[index]!
    if (surest === undefined || sureness > surest) surest = sureness
  }
  return surest
}
