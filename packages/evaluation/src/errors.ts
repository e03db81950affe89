import { LosslineError, type LosslineErrorOptions } from '@lossline/protocol'

/** Codes of {@link EvaluationError}. */
export type EvaluationErrorCode =
  | 'evaluation-finished'
  | 'evaluation-id'
  | 'evaluation-label'
  | 'evaluation-length'
  | 'evaluation-option'
  | 'evaluation-row'
  | 'evaluation-value'

/**
 * Arguments that cannot be evaluated: wrong use, never a bad model.
 *
 * `evaluation-length`: arrays that do not fit each other. `evaluation-label`: a label that is no class. `evaluation-value`:
 * a value that has no place here, such as NaN in the scores of a curve. `evaluation-option`: an option that cannot be. Of an
 * `EvaluationLogger` also `evaluation-row`: a row with a member of the wrong type. `evaluation-id`: an id that was there already.
 * `evaluation-finished`: a row after `finish`.
 */
export class EvaluationError extends LosslineError {
  override readonly name = 'EvaluationError'
  declare readonly code: EvaluationErrorCode

  constructor(options: LosslineErrorOptions & { readonly code: EvaluationErrorCode }) {
    super(options)
  }
}

/** Two arrays of which one has a row more than the other. */
export function requireLength(what: string, length: number, expected: number): void {
  if (length === expected) return
  throw new EvaluationError({
    code: 'evaluation-length',
    message: `${what}: there are ${length} where ${expected} are needed.`,
    hint: 'Pass one value for each row; matrices row by row in one flat array.',
  })
}

/** An option that must be an integer of at least `least`. */
export function requireInteger(option: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw invalidOption(`${option} is ${value}`, `Pass an integer of at least ${least}.`)
}

/** An option that must be one of a few words; programs in JavaScript may pass others. */
export function requireOneOf(option: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return
  throw invalidOption(`${option} is ${JSON.stringify(value)}`, `Pass one of ${allowed.join(', ')}.`)
}

/** Labels are integers from 0 to `classCount` - 1. */
export function requireLabels(what: string, labels: ArrayLike<number>, classCount: number): void {
  for (let row = 0; row < labels.length; row += 1) {
    const label = labels[row]!
    if (Number.isInteger(label) && label >= 0 && label < classCount) continue
    throw new EvaluationError({
      code: 'evaluation-label',
      message: `${what}: row ${row} holds ${label}, which is no class from 0 to ${classCount - 1}.`,
      hint: 'Pass indices of classes; encodeLabels makes them from names.',
    })
  }
}

export function invalidOption(fact: string, hint: string): EvaluationError {
  return new EvaluationError({ code: 'evaluation-option', message: `${fact}, which cannot be.`, hint })
}

export function invalidValue(fact: string, hint: string): EvaluationError {
  return new EvaluationError({ code: 'evaluation-value', message: fact, hint })
}
