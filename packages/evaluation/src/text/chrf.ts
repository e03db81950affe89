import { invalidOption, requireInteger } from '../errors.ts'
import { type CorpusMetric, type CorpusSums, scoreCorpus } from './corpus-metric.ts'
import type { References } from './references.ts'
import { countGrams, countShared, splitWords, withoutWhiteSpace } from './words.ts'

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
  return scoreCorpus(chrfMetric(options), references, predictions)
}

/**
 * What chrF counts of a row: the n-grams of each order that both sides share, and the lengths of both; of several references those of
 * the one with the best score.
 *
 * @throws EvaluationError `evaluation-option`.
 */
export function chrfMetric(options: ChrfOptions = {}): CorpusMetric<number> {
  const { characterOrder = 6, wordOrder = 0, beta = 2, isLowerCase = false } = options
  requireInteger('characterOrder', characterOrder, 1)
  requireInteger('wordOrder', wordOrder, 0)
  if (!(beta > 0)) throw invalidOption(`beta is ${beta}`, 'Pass a number above 0.')
  const kinds = [
    { unit: 'characters', orderMax: characterOrder, split: (text: string) => [...withoutWhiteSpace(text)], joint: '' },
    {
      unit: 'words',
      orderMax: wordOrder,
      split: (text: string) => splitWords(text).flatMap(splitPunctuation),
      joint: ' ',
    },
  ].filter(({ orderMax }) => orderMax > 0)
  const partsOf = (text: string): string[][] => kinds.map(({ split }) => split(isLowerCase ? text.toLowerCase() : text))
  const compare = (found: readonly string[][], expected: readonly string[][]): number[] =>
    kinds.flatMap(({ orderMax, joint }, kind) => [
      ...countSharedByOrder(found[kind]!, expected[kind]!, orderMax, joint),
      found[kind]!.length,
      expected[kind]!.length,
    ])
  const open = (): CorpusSums<number> => openSums(kinds, beta)
  const scoreOf = (counts: readonly number[]): number => {
    const sums = open()
    sums.add(counts)
    return sums.score()
  }
  return {
    columns: kinds.flatMap(({ unit, orderMax }) => [
      ...Array.from({ length: orderMax }, (_, index) => `chrf_shared_${unit}_${index + 1}`),
      ...[`chrf_prediction_${unit}`, `chrf_reference_${unit}`],
    ]),
    countRow(references, prediction) {
      const found = partsOf(prediction)
      const candidates = references.map((reference) => compare(found, partsOf(reference)))
      const scores = candidates.map(scoreOf)
      return candidates[scores.indexOf(Math.max(...scores))]!
    },
    open,
  }
}

function countSharedByOrder(
  found: readonly string[],
  expected: readonly string[],
  orderMax: number,
  joint: string,
): number[] {
  return Array.from({ length: orderMax }, (_, index) =>
    countShared(countGrams(found, index + 1, joint), countGrams(expected, index + 1, joint)),
  )
}

/** N-grams of one order: of the predictions, of the references, and of both. */
interface OrderSums {
  found: number
  expected: number
  shared: number
}

function openSums(kinds: readonly { readonly orderMax: number }[], beta: number): CorpusSums<number> {
  const orders = kinds.flatMap(({ orderMax }) => Array.from({ length: orderMax }, (_, index) => index + 1))
  const sums = orders.map((): OrderSums => ({ found: 0, expected: 0, shared: 0 }))
  let rowCount = 0
  return {
    add(counts) {
      rowCount += 1
      let column = 0
      let order = 0
      for (const { orderMax } of kinds) {
        const [foundLength, expectedLength] = [counts[column + orderMax]!, counts[column + orderMax + 1]!]
        for (let index = 0; index < orderMax; index += 1) {
          const sum = sums[order + index]!
          const expected = Math.max(expectedLength - index, 0)
          // Without n-grams of the reference, those of the prediction do not count either.
          sum.found += expected === 0 ? 0 : Math.max(foundLength - index, 0)
          sum.expected += expected
          sum.shared += counts[column + index]!
        }
        column += orderMax + 2
        order += orderMax
      }
    },
    score: () => (rowCount === 0 ? Number.NaN : scoreOfOrders(sums, beta)),
  }
}

/** F of the mean precision and the mean recall over the orders that both sides have. NaN if something is not known. */
function scoreOfOrders(sums: readonly OrderSums[], beta: number): number {
  if (sums.some(({ shared }) => Number.isNaN(shared))) return Number.NaN
  const orders = sums.filter(({ found, expected }) => found > 0 && expected > 0)
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
