import type { PrecisionRecallF1 } from '../classification/precision-recall-f1.ts'
import { encodeLabels } from '../labels/encode-labels.ts'
import { listReferences, meanOfRows, type References } from './references.ts'
import { countGrams, countShared, sumCounts } from './words.ts'

/** Means over the rows, each from 0 to 1, and F1 of each row. */
export interface RougeScore extends PrecisionRecallF1 {
  readonly f1PerRow: Float64Array
}

/** The three kinds of ROUGE that are usually reported. */
export interface RougeScores {
  /** Shared words. */
  readonly rouge1: RougeScore
  /** Shared pairs of words. */
  readonly rouge2: RougeScore
  /** Longest common subsequence of words. */
  readonly rougeL: RougeScore
}

/**
 * ROUGE-1, ROUGE-2 and ROUGE-L (Lin 2004), as Google's `rouge_score` computes them without stemming: words are runs of a–z
 * and 0–9 in lower case, so texts in other alphabets have none. Of several references the one with the best F1 counts, for
 * each kind alone. Means are plain; without rows they are NaN. Texts without words score 0.
 */
export function rouge(references: readonly References[], predictions: readonly string[]): RougeScores {
  const lists = listReferences(references, predictions)
  const words = lists.map((list) => list.map(wordsOf))
  const predictedWords = predictions.map(wordsOf)
  const scoreWith = (score: (reference: readonly string[], prediction: readonly string[]) => PrecisionRecallF1) =>
    summarize(words.map((list, row) => bestOf(list.map((one) => score(one, predictedWords[row]!)))))
  return {
    rouge1: scoreWith((reference, prediction) => scoreGrams(reference, prediction, 1)),
    rouge2: scoreWith((reference, prediction) => scoreGrams(reference, prediction, 2)),
    rougeL: scoreWith(scoreSubsequence),
  }
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? []
}

function scoreGrams(reference: readonly string[], prediction: readonly string[], length: number): PrecisionRecallF1 {
  const expected = countGrams(reference, length, ' ')
  const found = countGrams(prediction, length, ' ')
  return toThree(countShared(expected, found), sumCounts(expected), sumCounts(found))
}

function scoreSubsequence(reference: readonly string[], prediction: readonly string[]): PrecisionRecallF1 {
  return toThree(longestCommonSubsequence(reference, prediction), reference.length, prediction.length)
}

function toThree(shared: number, expected: number, found: number): PrecisionRecallF1 {
  const precision = shared / Math.max(found, 1)
  const recall = shared / Math.max(expected, 1)
  return { precision, recall, f1: shared === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}

/** Length of the longest list of words that both have in this order. */
function longestCommonSubsequence(first: readonly string[], second: readonly string[]): number {
  // Numbers are compared faster than strings.
  const { labels } = encodeLabels([...first, ...second])
  const others = labels.subarray(first.length)
  let before = new Uint32Array(second.length + 1)
  let lengths = new Uint32Array(second.length + 1)
  for (let row = 0; row < first.length; row += 1) {
    const label = labels[row]
    for (let at = 0; at < others.length; at += 1) {
      lengths[at + 1] = others[at] === label ? before[at]! + 1 : Math.max(before[at + 1]!, lengths[at]!)
    }
    ;[before, lengths] = [lengths, before]
  }
  return before[second.length]!
}

function bestOf(scores: readonly PrecisionRecallF1[]): PrecisionRecallF1 {
  return scores.reduce((best, score) => (score.f1 > best.f1 ? score : best))
}

function summarize(rows: readonly PrecisionRecallF1[]): RougeScore {
  const f1PerRow = Float64Array.from(rows, ({ f1 }) => f1)
  return {
    precision: meanOfRows(Float64Array.from(rows, ({ precision }) => precision)),
    recall: meanOfRows(Float64Array.from(rows, ({ recall }) => recall)),
    f1: meanOfRows(f1PerRow),
    f1PerRow,
  }
}
