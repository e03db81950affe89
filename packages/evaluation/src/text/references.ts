import { EvaluationError, requireLength } from '../errors.ts'

/** The text that is right, or several that are. */
export type References = string | readonly string[]

/** A value for each row, and their mean. Without rows the mean is NaN. */
export interface RowScores {
  readonly perRow: Float64Array
  readonly mean: number
}

/** The references of each row as a list. A row without any is an error. */
export function listReferences(
  references: readonly References[],
  predictions: readonly string[],
): readonly (readonly string[])[] {
  requireLength('Predictions', predictions.length, references.length)
  return references.map((one, row) => {
    const list = typeof one === 'string' ? [one] : one
    if (list.length === 0) throw noReference(row)
    return list
  })
}

/** The best value over the references of each row. */
export function scoreRows(
  references: readonly References[],
  predictions: readonly string[],
  score: (reference: string, prediction: string) => number,
): RowScores {
  const perRow = Float64Array.from(listReferences(references, predictions), (list, row) =>
    Math.max(...list.map((reference) => score(reference, predictions[row]!))),
  )
  return { perRow, mean: meanOfRows(perRow) }
}

export function meanOfRows(perRow: Float64Array): number {
  return perRow.reduce((sum, value) => sum + value, 0) / perRow.length
}

function noReference(row: number): EvaluationError {
  return new EvaluationError({
    code: 'evaluation-length',
    message: `Row ${row} has no reference.`,
    hint: "Pass at least one text; '' is one.",
  })
}
