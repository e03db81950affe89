import { exactMatch, tokenF1 } from '../text/answers.ts'
import { type BleuOptions, createBleuCounter } from '../text/bleu.ts'
import { type ChrfOptions, createChrfCounter } from '../text/chrf.ts'
import { rouge } from '../text/rouge.ts'
import { requireText } from './check-row.ts'
import type { EvaluationTask, Judgement } from './evaluation-task.ts'
import { createMeanSums } from './mean-sums.ts'
import { meansOfRecords } from './means-of-records.ts'
import { readConfidence, readReferences, shownReferences, type TextRow } from './text-row.ts'
import { createTokenCounts, readTokens } from './token-counts.ts'

/** Choices of {@link textGeneration}. */
export interface TextGenerationOptions {
  /** Default: sacrebleu's. */
  readonly bleu?: BleuOptions | undefined
  /** Default: sacrebleu's. */
  readonly chrf?: ChrfOptions | undefined
  /** Makes texts alike before they are compared for `exact_match`. Default: as they are. */
  readonly normalize?: ((text: string) => string) | undefined
}

const meanNames = ['exact_match', 'token_f1', 'rouge1', 'rouge2', 'rouge_l']

/**
 * Rows with a text each: summaries, translations, answers of a chat. Metrics: `exact_match`, `token_f1` and F1 of `rouge1`, `rouge2`,
 * `rouge_l` from 0 to 1; `bleu` and `chrf` of the corpus from 0 to 100; where rows say how many tokens they took, `output_tokens_per_second` and
 * `perplexity`. A row is right if it matches a reference exactly, and as bad as
 * its token F1 is below 1.
 */
export function textGeneration({
  bleu,
  chrf,
  normalize = (text) => text,
}: TextGenerationOptions = {}): EvaluationTask<TextRow, undefined> {
  return {
    kind: 'textGeneration',
    open() {
      const sums = createMeanSums(meanNames)
      const tokenCounts = createTokenCounts()
      const bleuCounter = createBleuCounter(bleu)
      const chrfCounter = createChrfCounter(chrf)
      return {
        recordColumns: meanNames,
        measuredMetrics: meanNames,
        judge(row): Judgement {
          const references = readReferences(row.label, 1)
          const prediction = requireText('prediction', row.prediction)
          const { rouge1, rouge2, rougeL } = rouge([references], [prediction])
          const exact = exactMatch([references], [prediction], { normalize }).mean
          const f1 = tokenF1([references], [prediction]).mean
          const tokens = readTokens(row)
          const record = [exact, f1, rouge1.f1, rouge2.f1, rougeL.f1]
          return {
            isCorrect: exact === 1,
            badness: exact === 1 ? 0 : 1 - f1,
            confidence: readConfidence(row.confidence),
            record,
            count() {
              sums.add(record)
              tokenCounts.add(tokens)
              bleuCounter.add(references, prediction)
              chrfCounter.add(references, prediction)
            },
            cells: () => ({
              reference: shownReferences(references),
              prediction,
              exact_match: exact === 1,
              token_f1: f1,
              rouge_l: rougeL.f1,
              ...(tokens.outputTokens === undefined ? {} : { output_tokens: tokens.outputTokens }),
            }),
          }
        },
        measure: meansOfRecords,
        recordsMeaning: () => '',
        report: () => ({
          metrics: {
            ...{ ...sums.means(), bleu: bleuCounter.score().score, chrf: chrfCounter.score() },
            ...tokenCounts.metrics(),
          },
          basis: Object.fromEntries(
            Object.entries(tokenCounts.basis()).filter(([, rowCount]) => rowCount < sums.rowCount),
          ),
          details: undefined,
          tables: {},
          charts: {},
          notes: [],
        }),
      }
    },
  }
}
