import { EvaluationError } from '../../errors.ts'
import { argmaxOfRow, softmaxRows } from '../../labels/score-rows.ts'
import { describe, invalidRow, isList } from '../check-row.ts'
import type { EvaluationRow } from '../evaluation-task.ts'
import type { ClassLabel, ClassNames } from './class-names.ts'

/** One row of a classifier. */
export interface ClassificationRow extends EvaluationRow {
  /** The right class: its name or its index. */
  readonly label: ClassLabel
  /** The predicted class. Default: the one with the highest score. */
  readonly prediction?: ClassLabel | undefined
  /**
   * What the model says for each class, in the order of the classes. Of two classes the probability of the second alone will
   * do, as a number or a list of one. Copied.
   */
  readonly scores?: ArrayLike<number> | number | undefined
}

/** What the scores of a model are. */
export type ScoreKind = 'probabilities' | 'logits'

/** A row in indices. */
export interface ReadClassificationRow {
  readonly label: number
  readonly prediction: number
  readonly scores: Float32Array | Float64Array | undefined
}

/**
 * Reads a row.
 *
 * @throws EvaluationError `evaluation-row`, `evaluation-label`, `evaluation-length`.
 */
export function readClassificationRow(
  row: ClassificationRow,
  classes: ClassNames,
  { kind, scoreCount }: { readonly kind: ScoreKind; readonly scoreCount: number | undefined },
): ReadClassificationRow {
  const given = readScores(row.scores, kind)
  const scoreCountWanted = scoreCount ?? (classes.isFixed ? classes.count : Math.max(classes.count, given?.length ?? 0))
  if (given !== undefined) {
    if (!classes.isFixed && typeof row.label === 'string') throw needsLabels()
    if (given.length !== scoreCountWanted) throw wrongLength(given.length, scoreCountWanted)
    if (!classes.isFixed) refuseBeyond(row.label, given.length)
    if (!classes.isFixed && row.prediction != null) refuseBeyond(row.prediction, given.length)
  }
  return classes.readRow(() => readClasses(row, given, classes))
}

function readClasses(
  row: ClassificationRow,
  given: Float32Array | Float64Array | undefined,
  classes: ClassNames,
): ReadClassificationRow {
  const label = classes.indexOf('label', row.label)
  if (given !== undefined) classes.extendTo(given.length)
  if (row.prediction === undefined || row.prediction === null) {
    if (given === undefined) throw invalidRow('prediction', row.prediction, 'the predicted class, or scores')
    return { label, prediction: argmaxOfRow(given, 0, given.length), scores: given }
  }
  return { label, prediction: classes.indexOf('prediction', row.prediction), scores: given }
}

/** A copy, and of float32 what is float32. */
function readScores(scores: unknown, kind: ScoreKind): Float32Array | Float64Array | undefined {
  if (scores === undefined || scores === null) return undefined
  if (typeof scores === 'number') return ofSecondClass(scores, kind)
  if (!isList(scores)) throw invalidRow('scores', scores, 'a list of numbers')
  const copy = scores instanceof Float32Array ? scores.slice() : toNumbers(scores)
  if (copy.length === 1) return ofSecondClass(copy[0]!, kind)
  if (copy.length === 0) throw invalidRow('scores', scores, 'a number for each class')
  return kind === 'logits' ? softmaxRows(copy, copy.length) : copy
}

function ofSecondClass(score: number, kind: ScoreKind): Float64Array {
  const probability = kind === 'logits' ? 1 / (1 + Math.exp(-score)) : score
  return Float64Array.of(1 - probability, probability)
}

function toNumbers(scores: ArrayLike<unknown>): Float64Array {
  return Float64Array.from(scores, (score) => {
    if (typeof score === 'number') return score
    throw invalidRow('A member of scores', score, 'numbers')
  })
}

function needsLabels(): EvaluationError {
  return new EvaluationError({
    code: 'evaluation-label',
    message: 'label is a name, and nothing says which of the scores is that class.',
    hint: 'List the classes in the order of the scores: classification({ labels }).',
  })
}

/** A class that no score is of. */
function refuseBeyond(label: unknown, scoreCount: number): void {
  if (!(Number(label) >= scoreCount)) return
  throw new EvaluationError({
    code: 'evaluation-label',
    message: `The row is of class ${describe(label)}, and has scores of ${scoreCount} classes.`,
    hint: 'Classes are numbered from 0.',
  })
}

function wrongLength(length: number, wanted: number): EvaluationError {
  return new EvaluationError({
    code: 'evaluation-length',
    message: `The row has ${length} scores, and there are ${wanted} classes.`,
    hint: 'Pass one score for each class, in the order of labels.',
  })
}
