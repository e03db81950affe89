import { requireLength } from '../errors.ts'
import { meanOfRows, type References, type RowScores, scoreRows } from './references.ts'
import { countGrams, countShared, splitWords } from './words.ts'

/** How texts are made alike before they are compared. */
export interface NormalizeOptions {
  /** Is applied to references and predictions. */
  readonly normalize?: (text: string) => string
}

/**
 * SQuAD's normalisation of answers: lower case, without ASCII punctuation, without the words a, an, the, single spaces
 * (`normalize_answer` of its evaluate-v2.0.py).
 */
export function normalizeAnswer(text: string): string {
  const bare = text.toLowerCase().replace(/[!-/:-@[-`{-~]/g, '')
  // Python's \b knows letters of all alphabets, JavaScript's those of ASCII only.
  return splitWords(bare.replace(/(?<![\p{L}\p{N}_])(?:an?|the)(?![\p{L}\p{N}_])/gu, ' ')).join(' ')
}

/** Share of the rows whose prediction equals one of its references. Default: compared as they are. */
export function exactMatch(
  references: readonly References[],
  predictions: readonly string[],
  { normalize = (text) => text }: NormalizeOptions = {},
): RowScores {
  return scoreRows(references, predictions, (reference, prediction) =>
    normalize(reference) === normalize(prediction) ? 1 : 0,
  )
}

/**
 * F1 of the words that prediction and reference share, each as often as both have it; of several references the best.
 * 1 if both have no words, 0 if one has none (SQuAD's `compute_f1`). Default normalisation: {@link normalizeAnswer}.
 */
export function tokenF1(
  references: readonly References[],
  predictions: readonly string[],
  { normalize = normalizeAnswer }: NormalizeOptions = {},
): RowScores {
  return scoreRows(references, predictions, (reference, prediction) =>
    f1OfWords(splitWords(normalize(reference)), splitWords(normalize(prediction))),
  )
}

/** Scores of SQuAD, from 0 to 100. */
export interface SquadMetrics {
  readonly exactMatch: number
  readonly f1: number
  /** 0 or 100. */
  readonly exactMatchPerRow: Float64Array
  /** 0 to 100. */
  readonly f1PerRow: Float64Array
}

/**
 * Exact match and F1 of question answering, as SQuAD's evaluate-v2.0.py computes them (Rajpurkar et al. 2018, 1806.03822), in
 * percent. A question without an answer has an empty list (or only answers that normalise to nothing) and wants ''.
 * NaN without rows.
 *
 * @param answers - The right answers of each question.
 */
export function squadMetrics(answers: readonly References[], predictions: readonly string[]): SquadMetrics {
  requireLength('Predictions', predictions.length, answers.length)
  const references = answers.map((one) => {
    const list = (typeof one === 'string' ? [one] : one).filter((answer) => normalizeAnswer(answer) !== '')
    return list.length === 0 ? [''] : list
  })
  const percent = ({ perRow }: RowScores): Float64Array => perRow.map((value) => value * 100)
  const exactMatchPerRow = percent(exactMatch(references, predictions, { normalize: normalizeAnswer }))
  const f1PerRow = percent(tokenF1(references, predictions))
  return {
    exactMatch: meanOfRows(exactMatchPerRow),
    f1: meanOfRows(f1PerRow),
    exactMatchPerRow,
    f1PerRow,
  }
}

function f1OfWords(reference: readonly string[], prediction: readonly string[]): number {
  if (reference.length === 0 || prediction.length === 0) return reference.length === prediction.length ? 1 : 0
  const shared = countShared(countGrams(reference, 1, ' '), countGrams(prediction, 1, ' '))
  return (2 * shared) / (reference.length + prediction.length)
}
