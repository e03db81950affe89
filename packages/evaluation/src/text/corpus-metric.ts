import { listReferences, type References } from './references.ts'

/**
 * A score of a whole corpus that rests on counts of its rows: these are summed, and the score is made of the sums. So it can be
 * computed row by row, and again for any choice of rows.
 */
export interface CorpusMetric<Score> {
  /** Names of what is counted of a row. */
  readonly columns: readonly string[]
  /** Counts one row, in the order of the columns. */
  countRow(references: readonly string[], prediction: string): readonly number[]
  /** Begins with no rows. */
  open(): CorpusSums<Score>
}

/** Sums of counts. */
export interface CorpusSums<Score> {
  /** @param counts - Of one row. */
  add(counts: ArrayLike<number>): void
  score(): Score
}

/** The score of all rows. */
export function scoreCorpus<Score>(
  metric: CorpusMetric<Score>,
  references: readonly References[],
  predictions: readonly string[],
): Score {
  const sums = metric.open()
  for (const [row, list] of listReferences(references, predictions).entries()) {
    sums.add(metric.countRow(list, predictions[row]!))
  }
  return sums.score()
}
