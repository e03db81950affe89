import { EvaluationError, invalidOption } from '../errors.ts'

/** Labels as indices, and what the indices stand for. */
export interface EncodedLabels<Name> {
  /** Index of the class of each row. */
  readonly labels: Int32Array
  /** The classes, in the order of their indices. */
  readonly classes: readonly Name[]
}

/**
 * Turns names of classes (strings, numbers, booleans, or the bigints of an int64 tensor) into indices.
 *
 * @param names - One a row.
 * @param classes - The classes in the order of their indices. Default: those that occur, in the order in which they first occur.
 * @throws EvaluationError `evaluation-label` for a name that is not among `classes`, `evaluation-option` if one is there twice.
 */
export function encodeLabels<Name>(names: ArrayLike<Name>, classes?: readonly Name[]): EncodedLabels<Name> {
  const known: Name[] = [...(classes ?? [])]
  const indices = new Map(known.map((name, index) => [name, index]))
  if (indices.size < known.length) throw invalidOption('classes holds a name twice', 'Pass each class once.')
  const labels = new Int32Array(names.length)
  for (let row = 0; row < names.length; row += 1) {
    const name = names[row]!
    let index = indices.get(name)
    if (index === undefined) {
      if (classes !== undefined) throw unknownClass(row, name)
      index = known.push(name) - 1
      indices.set(name, index)
    }
    labels[row] = index
  }
  return { labels, classes: known }
}

function unknownClass(row: number, name: unknown): EvaluationError {
  return new EvaluationError({
    code: 'evaluation-label',
    message: `Row ${row} holds ${JSON.stringify(String(name))}, which is not among the classes.`,
    hint: 'Add it to the list of classes, or leave the list out.',
  })
}
