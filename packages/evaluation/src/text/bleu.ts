import { requireInteger, requireOneOf } from '../errors.ts'
import { type CorpusMetric, scoreCorpus } from './corpus-metric.ts'
import type { References } from './references.ts'
import { tokenize13a } from './tokenize-13a.ts'
import { countGrams, countShared, splitWords, stripEnd } from './words.ts'

/** Choices of {@link bleu}. Their defaults are sacrebleu's. */
export interface BleuOptions {
  /** How texts become tokens. Default `'13a'` (mteval-v13a); `'none'`: at white space, for texts that are tokenised; or a function. */
  readonly tokenize?: '13a' | 'none' | ((text: string) => readonly string[])
  /** Compares in lower case. Default `false`. */
  readonly isLowerCase?: boolean
  /** Longest n-grams. Default 4. */
  readonly orderMax?: number
  /**
   * What an n-gram order without matches counts as. Default `'exp'`: 1/2 match, and half of that for each further such order;
   * `'floor'`: 0.1 matches; `'add-k'`: one match and one n-gram are added to all orders above 1; `'none'`: BLEU is 0.
   */
  readonly smoothing?: 'exp' | 'floor' | 'add-k' | 'none'
  /** Leaves out orders that are longer than all predictions. Default `false`; `true` is meant for single sentences. */
  readonly usesEffectiveOrder?: boolean
}

/** BLEU and what it is made of. */
export interface BleuScore {
  /** From 0 to 100. NaN without rows. */
  readonly score: number
  /** Precision of each order, 0 to 100, after smoothing. */
  readonly precisions: readonly number[]
  /** Factor for predictions that are shorter than their references, 0 to 1. */
  readonly brevityPenalty: number
  /** Tokens of all predictions. */
  readonly predictionLength: number
  /** Tokens of all references; of several references of a row, the one closest in length (the shorter of two). */
  readonly referenceLength: number
}

/**
 * BLEU of a corpus (Papineni et al. 2002), equal to sacrebleu with the same options: matches and lengths are summed over all
 * rows first, so it is no mean over rows.
 */
export function bleu(
  references: readonly References[],
  predictions: readonly string[],
  options: BleuOptions = {},
): BleuScore {
  return scoreCorpus(bleuMetric(options), references, predictions)
}

/**
 * What BLEU counts of a row: matches of each order, and the tokens of the prediction and of the reference that is closest in length.
 *
 * @throws EvaluationError `evaluation-option`.
 */
export function bleuMetric(options: BleuOptions = {}): CorpusMetric<BleuScore> {
  const { orderMax = 4, isLowerCase = false } = options
  requireInteger('orderMax', orderMax, 1)
  requireOneOf('smoothing', options.smoothing ?? 'exp', ['exp', 'floor', 'add-k', 'none'])
  const tokenize = tokenizerOf(options.tokenize ?? '13a')
  const tokensOf = (text: string): readonly string[] => tokenize(stripEnd(isLowerCase ? text.toLowerCase() : text))
  const orders = Array.from({ length: orderMax }, (_, index) => index + 1)
  return {
    columns: [...orders.map((order) => `bleu_matches_${order}`), 'bleu_prediction_tokens', 'bleu_reference_tokens'],
    countRow(references, prediction) {
      const [expected, found] = [references.map(tokensOf), tokensOf(prediction)]
      const matches = orders.map((order) => countMatches(expected, found, order))
      return [...matches, found.length, closestLength(expected, found.length)]
    },
    open() {
      const sums: GramSums = {
        matches: zeros(orderMax),
        totals: zeros(orderMax),
        predictionLength: 0,
        referenceLength: 0,
      }
      let rowCount = 0
      return {
        add(counts) {
          rowCount += 1
          const predictionLength = counts[orderMax]!
          sums.predictionLength += predictionLength
          sums.referenceLength += counts[orderMax + 1]!
          for (let index = 0; index < orderMax; index += 1) {
            sums.matches[index]! += counts[index]!
            sums.totals[index]! += Math.max(predictionLength - index, 0)
          }
        },
        score: () => (rowCount === 0 ? { ...emptyScore(orderMax), score: Number.NaN } : scoreSums(sums, options)),
      }
    },
  }
}

/** Sums over the rows. */
interface GramSums {
  readonly matches: number[]
  readonly totals: number[]
  predictionLength: number
  referenceLength: number
}

function countMatches(
  references: readonly (readonly string[])[],
  prediction: readonly string[],
  order: number,
): number {
  const expected = mostOf(references.map((reference) => countGrams(reference, order, ' ')))
  return countShared(countGrams(prediction, order, ' '), expected)
}

/** sacrebleu's `compute_bleu`, smoothing included (methods of Chen and Cherry 2014). */
function scoreSums(sums: GramSums, { smoothing = 'exp', usesEffectiveOrder = false }: BleuOptions): BleuScore {
  const { predictionLength, referenceLength } = sums
  const orderMax = sums.matches.length
  const precisions = zeros(orderMax)
  const brevityPenalty = brevityPenaltyOf(predictionLength, referenceLength)
  const common = { precisions, brevityPenalty, predictionLength, referenceLength }
  if (sums.matches.every((count) => count === 0)) return { score: 0, ...common }
  let halving = 1
  let order = orderMax
  for (let index = 0; index < orderMax; index += 1) {
    const added = smoothing === 'add-k' && index > 0 ? 1 : 0
    const matches = sums.matches[index]! + added
    const total = sums.totals[index]! + added
    if (total === 0) break
    if (usesEffectiveOrder) order = index + 1
    if (matches > 0) precisions[index] = (100 * matches) / total
    else if (smoothing === 'floor') precisions[index] = 10 / total
    else if (smoothing === 'exp') {
      halving *= 2
      precisions[index] = 100 / (halving * total)
    }
  }
  const logarithms = precisions.slice(0, order).map(Math.log)
  const mean = logarithms.reduce((sum, value) => sum + value, 0) / order
  return { score: brevityPenalty * Math.exp(mean), ...common }
}

function brevityPenaltyOf(predictionLength: number, referenceLength: number): number {
  if (predictionLength >= referenceLength) return 1
  return predictionLength === 0 ? 0 : Math.exp(1 - referenceLength / predictionLength)
}

function tokenizerOf(choice: NonNullable<BleuOptions['tokenize']>): (text: string) => readonly string[] {
  if (typeof choice === 'function') return choice
  requireOneOf('tokenize', choice, ['13a', 'none'])
  return choice === '13a' ? tokenize13a : splitWords
}

function closestLength(references: readonly (readonly string[])[], length: number): number {
  const lengths = references.map((reference) => reference.length).sort((a, b) => a - b)
  return lengths.reduce((best, one) => (Math.abs(one - length) < Math.abs(best - length) ? one : best))
}

/** Each gram as often as the reference that has it most often. */
function mostOf(counts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const [first, ...others] = counts
  const most = new Map(first)
  for (const other of others) {
    for (const [gram, count] of other) most.set(gram, Math.max(count, most.get(gram) ?? 0))
  }
  return most
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0)
}

function emptyScore(orderMax: number): Omit<BleuScore, 'score'> {
  return { precisions: zeros(orderMax), brevityPenalty: Number.NaN, predictionLength: 0, referenceLength: 0 }
}
