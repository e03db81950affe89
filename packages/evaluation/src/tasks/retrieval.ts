import { isIterable } from '@lossline/core/adapter'
import { requireInteger } from '../errors.ts'
import {
  meanAveragePrecision,
  meanReciprocalRank,
  ndcg,
  precisionAtK,
  type RankedQuery,
  recallAtK,
} from '../retrieval/retrieval-metrics.ts'
import { invalidRow } from './check-row.ts'
import type { EvaluationRow, EvaluationTask, Judgement, RecordColumns, RowId } from './evaluation-task.ts'

/** One query. */
export interface RetrievalRow extends EvaluationRow {
  /** What is relevant: ids, or ids with their gain; a gain of 0 is not relevant. */
  readonly label: Iterable<RowId> | ReadonlyMap<RowId, number>
  /** What was found, the best first. */
  readonly prediction: Iterable<RowId>
}

/** What {@link retrieval} needs to know. */
export interface RetrievalOptions {
  /** How far down a ranking is looked at. Default 10. */
  readonly k?: number | undefined
}

/** What is particular to an evaluated search. */
export interface RetrievalDetails {
  /** Queries without anything relevant, which no mean counts. */
  readonly emptyQueryCount: number
}

/**
 * Rankings. Metrics: `recall_at_<k>`, `precision_at_<k>`, `ndcg_at_<k>`, `mrr_at_<k>`, `map_at_<k>`: means over the queries that have
 * something relevant. A row is right if what it found first is relevant, and as bad as its nDCG is below 1.
 *
 * @throws EvaluationError `evaluation-option`.
 */
export function retrieval({ k = 10 }: RetrievalOptions = {}): EvaluationTask<RetrievalRow, RetrievalDetails> {
  requireInteger('k', k, 1)
  const names = ['recall', 'precision', 'ndcg', 'mrr', 'map'].map((name) => `${name}_at_${k}`)
  return {
    kind: 'retrieval',
    open() {
      const sums = new Float64Array(names.length)
      let rowCount = 0
      let emptyQueryCount = 0
      return {
        recordColumns: names,
        measuredMetrics: names,
        judge(row): Judgement {
          const query = readQuery(row)
          const { ranked, relevant } = query
          const record = scoresOf(query, k)
          const isEmpty = Number.isNaN(record[0]!)
          return {
            isCorrect: isEmpty ? undefined : ranked.length > 0 && relevant.has(ranked[0]!),
            badness: isEmpty ? 0 : 1 - record[2]!,
            confidence: undefined,
            record,
            count() {
              rowCount += 1
              if (isEmpty) emptyQueryCount += 1
              else for (const [index, value] of record.entries()) sums[index]! += value
            },
            cells: () => ({
              relevant: [...relevant.keys()].map(String),
              found: ranked.slice(0, k).map(String),
              ...Object.fromEntries(names.slice(0, 3).map((name, index) => [name, record[index]])),
            }),
          }
        },
        measure: meansOfDefinedRows,
        recordsMeaning: () => String(k),
        report: () => {
          const counted = rowCount - emptyQueryCount
          const metrics = Object.fromEntries(names.map((name, index) => [name, sums[index]! / counted]))
          return {
            metrics,
            basis: emptyQueryCount === 0 ? {} : Object.fromEntries(names.map((name) => [name, counted])),
            details: { emptyQueryCount },
            tables: {},
            charts: {},
            notes: emptyQueryCount === 0 ? [] : [`${emptyQueryCount} queries have nothing relevant and do not count.`],
          }
        },
      }
    },
  }
}

function readQuery({ label, prediction }: RetrievalRow): ReadQuery {
  if (!isIterable(prediction)) throw invalidRow('prediction', prediction, 'a list of ids, the best first')
  if (!isIterable(label)) throw invalidRow('label', label, 'a list of ids, or a Map of ids and gains')
  // What can be read only once is read once.
  const relevant = label instanceof Map ? label : [...label].map((id) => [id, 1] as const)
  return { ranked: [...prediction] as RowId[], relevant: new Map([...relevant].filter(([, gain]) => gain > 0)) }
}

interface ReadQuery extends RankedQuery<RowId> {
  readonly ranked: readonly RowId[]
  readonly relevant: ReadonlyMap<RowId, number>
}

function scoresOf(query: RankedQuery<RowId>, k: number): number[] {
  const queries = [query]
  const scores = [recallAtK, precisionAtK, ndcg, meanReciprocalRank, meanAveragePrecision]
  return scores.map((score) => score(queries, { k }).perQuery[0]!)
}

function meansOfDefinedRows(records: RecordColumns, rows: Uint32Array): number[] {
  return records.map((column) => {
    let sum = 0
    let count = 0
    for (const row of rows) {
      if (Number.isNaN(column[row]!)) continue
      sum += column[row]!
      count += 1
    }
    return sum / count
  })
}
