import type { TextRow } from './text-row.ts'
import { readOptionalNumber } from './text-row.ts'

/** What a row says of the tokens that a model made. */
export interface RowTokens {
  readonly outputTokens: number | undefined
  readonly logProbability: number | undefined
  readonly latencyMs: number | undefined
}

/** @throws EvaluationError `evaluation-row`. */
export function readTokens(row: TextRow): RowTokens {
  return {
    outputTokens: readOptionalNumber('outputTokens', row.outputTokens),
    logProbability: readOptionalNumber('logProbability', row.logProbability),
    latencyMs: row.latencyMs,
  }
}

/** Sums over rows. */
export interface TokenCounts {
  add(tokens: RowTokens): void
  /** `output_tokens_per_second` of the rows with tokens and latency, `perplexity` of those with tokens and probability. */
  metrics(): Record<string, number>
  /** Rows that each rests on. */
  basis(): Record<string, number>
}

export function createTokenCounts(): TokenCounts {
  const timed = { rowCount: 0, tokens: 0, latencyMs: 0 }
  const judged = { rowCount: 0, tokens: 0, logProbability: 0 }
  return {
    add({ outputTokens, logProbability, latencyMs }) {
      if (outputTokens === undefined) return
      if (latencyMs !== undefined) {
        timed.rowCount += 1
        timed.tokens += outputTokens
        timed.latencyMs += latencyMs
      }
      if (logProbability !== undefined) {
        judged.rowCount += 1
        judged.tokens += outputTokens
        judged.logProbability += logProbability
      }
    },
    metrics: () => ({
      ...(timed.rowCount === 0 ? {} : { output_tokens_per_second: (1000 * timed.tokens) / timed.latencyMs }),
      ...(judged.rowCount === 0 ? {} : { perplexity: Math.exp(-judged.logProbability / judged.tokens) }),
    }),
    basis: () => ({
      ...(timed.rowCount === 0 ? {} : { output_tokens_per_second: timed.rowCount }),
      ...(judged.rowCount === 0 ? {} : { perplexity: judged.rowCount }),
    }),
  }
}
