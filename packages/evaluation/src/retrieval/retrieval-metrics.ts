import { requireInteger, requireOneOf } from '../errors.ts'
import { meanOfDefined } from '../labels/average.ts'

/** What was found for one query, and what should have been. */
export interface RankedQuery<Id = string | number> {
  /** What was found, the best first. What is found twice counts where it is first. */
  readonly ranked: Iterable<Id>
  /** What is relevant: ids, or ids with their gain (above 0; only {@link ndcg} tells gains apart). */
  readonly relevant: Iterable<Id> | ReadonlyMap<Id, number>
}

/** How far down a ranking is looked at. */
export interface CutOff {
  /** Number of results, from the best on. Default: all. */
  readonly k?: number
}

/** A cut-off that has to be named. */
export interface RequiredCutOff {
  /** Number of results, from the best on. */
  readonly k: number
}

/** Choices of {@link ndcg}. */
export interface NdcgOptions extends CutOff {
  /** What a relevance is worth: itself (`'linear'`, default; as scikit-learn and trec_eval), or 2^relevance − 1 (`'exponential'`). */
  readonly gain?: 'linear' | 'exponential'
}

/** A value for each query, and their mean. Queries without anything relevant are NaN and left out of the mean. */
export interface QueryScores {
  readonly perQuery: Float64Array
  readonly mean: number
}

/** Share of what is relevant among the first k, of all that is relevant. `recall_k` of trec_eval. */
export function recallAtK<Id>(queries: readonly RankedQuery<Id>[], { k }: RequiredCutOff): QueryScores {
  return scoresOf(queries, k, ({ gains, relevantCount }) => countHits(gains) / relevantCount)
}

/** Share of what is relevant among the first k. Of fewer than k results it is still a k-th each. `P_k` of trec_eval. */
export function precisionAtK<Id>(queries: readonly RankedQuery<Id>[], { k }: RequiredCutOff): QueryScores {
  return scoresOf(queries, k, ({ gains }) => countHits(gains) / k)
}

/** Mean of 1 / rank of the first relevant result; 0 if there is none among the first k. `recip_rank` of trec_eval. */
export function meanReciprocalRank<Id>(queries: readonly RankedQuery<Id>[], { k }: CutOff = {}): QueryScores {
  return scoresOf(queries, k, ({ gains }) => {
    const first = gains.findIndex((gain) => gain > 0)
    return first < 0 ? 0 : 1 / (first + 1)
  })
}

/**
 * Mean average precision: of each query, the sum of the precisions at its relevant results over all that is relevant. `map` of
 * trec_eval, and `map_cut_k`.
 */
export function meanAveragePrecision<Id>(queries: readonly RankedQuery<Id>[], { k }: CutOff = {}): QueryScores {
  return scoresOf(queries, k, ({ gains, relevantCount }) => {
    let hits = 0
    let sum = 0
    for (const [index, gain] of gains.entries()) {
      if (gain <= 0) continue
      hits += 1
      sum += hits / (index + 1)
    }
    return sum / relevantCount
  })
}

/**
 * Normalised discounted cumulative gain: the sum of gain / log2(rank + 1) over what the best possible order would give
 * (Järvelin and Kekäläinen 2002). `ndcg_score` of scikit-learn, where no scores are equal.
 */
export function ndcg<Id>(queries: readonly RankedQuery<Id>[], { k, gain = 'linear' }: NdcgOptions = {}): QueryScores {
  requireOneOf('gain', gain, ['linear', 'exponential'])
  const worth = (relevance: number): number => (gain === 'linear' ? relevance : 2 ** relevance - 1)
  return scoresOf(queries, k, ({ gains, idealGains }) => {
    const ideal = idealGains.slice(0, k ?? idealGains.length)
    return discountedSum(gains.map(worth)) / discountedSum(ideal.map(worth))
  })
}

/** Relevance by rank, and what could have been. */
interface JudgedRanking {
  readonly gains: readonly number[]
  /** Of everything relevant, the highest first. */
  readonly idealGains: readonly number[]
  readonly relevantCount: number
}

function scoresOf<Id>(
  queries: readonly RankedQuery<Id>[],
  k: number | undefined,
  score: (ranking: JudgedRanking) => number,
): QueryScores {
  if (k !== undefined) requireInteger('k', k, 1)
  const perQuery = Float64Array.from(queries, (query) => {
    const ranking = judge(query, k)
    return ranking.relevantCount === 0 ? Number.NaN : score(ranking)
  })
  return { perQuery, mean: meanOfDefined(perQuery) }
}

function judge<Id>({ ranked, relevant }: RankedQuery<Id>, k: number | undefined): JudgedRanking {
  const gainOf = relevant instanceof Map ? relevant : new Map([...(relevant as Iterable<Id>)].map((id) => [id, 1]))
  const idealGains = [...gainOf.values()].filter((gain) => gain > 0).sort((a, b) => b - a)
  const first = [...new Set(ranked)].slice(0, k)
  return { gains: first.map((id) => gainOf.get(id) ?? 0), idealGains, relevantCount: idealGains.length }
}

function countHits(gains: readonly number[]): number {
  return gains.filter((gain) => gain > 0).length
}

function discountedSum(gains: readonly number[]): number {
  return gains.reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0)
}
