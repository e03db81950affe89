import { requireLength } from '../errors.ts'
import { encodeLabels } from '../labels/encode-labels.ts'
import { splitWords, stripText } from './words.ts'

/** Errors of transcripts: what has to change to make the reference the prediction, in the fewest steps. */
export interface ErrorRate {
  /** Errors per word or character of the references. Above 1 when much is inserted. NaN without rows. */
  readonly rate: number
  /** Words or characters that are right. Of alignments with equally few errors, the one with the most hits counts. */
  readonly hits: number
  readonly substitutions: number
  /** In the reference, and not in the prediction. */
  readonly deletions: number
  /** In the prediction, and not in the reference. */
  readonly insertions: number
  /** Words or characters of all references. */
  readonly referenceLength: number
  /** Errors of each row. */
  readonly errorsPerRow: Uint32Array
  /** Words or characters of the reference of each row. */
  readonly lengthPerRow: Uint32Array
}

/**
 * Word error rate: errors of all rows over words of all references, as jiwer computes it; no mean over rows. Words are what
 * stands between white space: normalise case and punctuation first if they shall not count. If no reference has a word, it
 * is the number of insertions, as in jiwer.
 */
export function wordErrorRate(references: readonly string[], predictions: readonly string[]): ErrorRate {
  return errorRate(references, predictions, splitWords)
}

/**
 * Character error rate: as {@link wordErrorRate}, of Unicode code points. White space inside a text counts, around it not.
 */
export function characterErrorRate(references: readonly string[], predictions: readonly string[]): ErrorRate {
  return errorRate(references, predictions, (text) => [...stripText(text)])
}

function errorRate(
  references: readonly string[],
  predictions: readonly string[],
  split: (text: string) => string[],
): ErrorRate {
  requireLength('Predictions', predictions.length, references.length)
  const errorsPerRow = new Uint32Array(references.length)
  const lengthPerRow = new Uint32Array(references.length)
  const sum = { hits: 0, substitutions: 0, deletions: 0, insertions: 0 }
  for (const [row, reference] of references.entries()) {
    const expected = split(reference)
    const edits = countEdits(expected, split(predictions[row]!))
    sum.hits += edits.hits
    sum.substitutions += edits.substitutions
    sum.deletions += edits.deletions
    sum.insertions += edits.insertions
    errorsPerRow[row] = edits.substitutions + edits.deletions + edits.insertions
    lengthPerRow[row] = expected.length
  }
  const referenceLength = sum.hits + sum.substitutions + sum.deletions
  const errorCount = sum.substitutions + sum.deletions + sum.insertions
  const rate = references.length === 0 ? Number.NaN : errorCount / Math.max(referenceLength, 1)
  return { rate, ...sum, referenceLength, errorsPerRow, lengthPerRow }
}

/** Edits of one alignment. */
interface Edits {
  readonly hits: number
  readonly substitutions: number
  readonly deletions: number
  readonly insertions: number
}

// One number holds both: errors weigh more than all hits that a row could have.
const errorWeight = 2 ** 26

/** Levenshtein's distance with two rows of the table; hits decide between alignments of equal distance. */
function countEdits(reference: readonly string[], prediction: readonly string[]): Edits {
  // Numbers are compared faster than strings.
  const { labels } = encodeLabels([...reference, ...prediction])
  const predicted = labels.subarray(reference.length)
  let before = Float64Array.from({ length: prediction.length + 1 }, (_, at) => at * errorWeight)
  let costs = new Float64Array(prediction.length + 1)
  for (let row = 0; row < reference.length; row += 1) {
    const label = labels[row]
    let left = (row + 1) * errorWeight
    costs[0] = left
    for (let at = 0; at < predicted.length; at += 1) {
      const gap = Math.min(left, before[at + 1]!) + errorWeight
      const match = before[at]! + (predicted[at] === label ? -1 : errorWeight)
      left = Math.min(match, gap)
      costs[at + 1] = left
    }
    ;[before, costs] = [costs, before]
  }
  const cost = before[prediction.length]!
  const errors = Math.ceil(cost / errorWeight)
  const hits = errors * errorWeight - cost
  // hits + substitutions + deletions = reference, hits + substitutions + insertions = prediction.
  const insertions = errors - reference.length + hits
  const deletions = errors - prediction.length + hits
  return { hits, substitutions: errors - insertions - deletions, deletions, insertions }
}
