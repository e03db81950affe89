import { invalidOption, requireInteger } from '../errors.ts'
import { listReferences, type References } from './references.ts'
import { countGrams, countShared, splitWords, sumCounts, withoutWhiteSpace } from './words.ts'

/** Choices of {@link chrf}. Their defaults are sacrebleu's. */
export interface ChrfOptions {
  /** Longest n-grams of characters. Default 6. */
  readonly characterOrder?: number
  /** Longest n-grams of words. Default 0; 2 makes it chrF++. */
  readonly wordOrder?: number
  /** How many times as much recall counts as precision. Default 2. */
  readonly beta?: number
  /** Compares in lower case. Default `false`. */
  readonly isLowerCase?: boolean
}

/**
 * chrF of a corpus: F-score of the n-grams of characters, without white space (Popović 2015), from 0 to 100; equal to
 * sacrebleu. Characters are Unicode code points. Counts are summed over all rows first; of several references of a row, the one
 * with the best score counts. NaN without rows.
 */
export function chrf(
  references: readonly References[],
  predictions: readonly string[],
  options: ChrfOptions = {},
): number {
  const counter = createChrfCounter(options)
  for (const [row, list] of listReferences(references, predictions).entries()) counter.add(list, predictions[row]!)
  return counter.score()
}

/** chrF of rows that come one by one. */
export interface ChrfCounter {
  add(references: readonly string[], prediction: string): void
  score(): number
}

/** @throws EvaluationError `evaluation-option`. */
export function createChrfCounter({
  characterOrder = 6,
  wordOrder = 0,
  beta = 2,
  isLowerCase = false,
}: ChrfOptions = {}): ChrfCounter {
  requireInteger('characterOrder', characterOrder, 1)
  requireInteger('wordOrder', wordOrder, 0)
  if (!(beta > 0)) throw invalidOption(`beta is ${beta}`, 'Pass a number above 0.')
  const gramsOf = (text: string): GramsByOrder =>
    countAllGrams(isLowerCase ? text.toLowerCase() : text, characterOrder, wordOrder)
  const sums: OrderCounts[] = Array.from({ length: characterOrder + wordOrder }, () => ({
    found: 0,
    expected: 0,
    shared: 0,
  }))
  let rowCount = 0
  return {
    add(references, prediction) {
      rowCount += 1
      const found = gramsOf(prediction)
      const candidates = references.map((reference) => compare(found, gramsOf(reference)))
      const scores = candidates.map((counts) => scoreOf(counts, beta))
      const best = candidates[scores.indexOf(Math.max(...scores))]!
      for (const [order, { found, expected, shared }] of best.entries()) {
        const sum = sums[order]!
        sum.found += found
        sum.expected += expected
        sum.shared += shared
      }
    },
    score: () => (rowCount === 0 ? Number.NaN : scoreOf(sums, beta)),
  }
}

/** N-grams of one order: of the prediction, of the reference, and of both. */
interface OrderCounts {
  found: number
  expected: number
  shared: number
}

type GramsByOrder = readonly ReadonlyMap<string, number>[]

function countAllGrams(text: string, characterOrder: number, wordOrder: number): GramsByOrder {
  const characters = [...withoutWhiteSpace(text)]
  const words = wordOrder === 0 ? [] : splitWords(text).flatMap(splitPunctuation)
  return [
    ...Array.from({ length: characterOrder }, (_, index) => countGrams(characters, index + 1, '')),
    ...Array.from({ length: wordOrder }, (_, index) => countGrams(words, index + 1, ' ')),
  ]
}

function compare(found: GramsByOrder, expected: GramsByOrder): OrderCounts[] {
  return found.map((grams, order) => {
    const others = expected[order]!
    // Without n-grams of the reference, those of the prediction do not count either.
    return {
      found: others.size === 0 ? 0 : sumCounts(grams),
      expected: sumCounts(others),
      shared: countShared(grams, others),
    }
  })
}

/** F of the mean precision and the mean recall over the orders that both sides have. */
function scoreOf(counts: readonly OrderCounts[], beta: number): number {
  const orders = counts.filter(({ found, expected }) => found > 0 && expected > 0)
  if (orders.length === 0) return 0
  const precision = orders.reduce((sum, { shared, found }) => sum + shared / found, 0) / orders.length
  const recall = orders.reduce((sum, { shared, expected }) => sum + shared / expected, 0) / orders.length
  const weight = beta ** 2
  return precision + recall === 0 ? 0 : (100 * (1 + weight) * precision * recall) / (weight * precision + recall)
}

/** Punctuation at one end of a word is a word of its own; at the end rather than at the start (`chrF++.py`). */
function splitPunctuation(word: string): string[] {
  const characters = [...word]
  if (characters.length === 1) return [word]
  if (isPunctuation(characters.at(-1)!)) return [characters.slice(0, -1).join(''), characters.at(-1)!]
  if (isPunctuation(characters[0]!)) return [characters[0]!, characters.slice(1).join('')]
  return [word]
}

function isPunctuation(character: string): boolean {
  return /^[!-/:-@[-`{-~]$/.test(character)
}
