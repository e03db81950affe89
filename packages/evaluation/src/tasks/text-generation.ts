import { exactMatch, tokenF1 } from '../text/answers.ts'
import { type BleuOptions, bleuMetric } from '../text/bleu.ts'
import { type ChrfOptions, chrfMetric } from '../text/chrf.ts'
import type { CorpusMetric } from '../text/corpus-metric.ts'
import { rouge } from '../text/rouge.ts'
import { requireText } from './check-row.ts'
import type { EvaluationTask, Judgement, RecordColumns } from './evaluation-task.ts'
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
 * `perplexity`. A row is right if it matches a reference exactly, and as bad as its token F1 is below 1.
 */
export function textGeneration({
  bleu,
  chrf,
  normalize = (text) => text,
}: TextGenerationOptions = {}): EvaluationTask<TextRow, undefined> {
  const ofBleu = bleuMetric(bleu)
  const ofChrf = chrfMetric(chrf)
  return {
    kind: 'textGeneration',
    open() {
      const sums = createMeanSums(meanNames)
      const tokenCounts = createTokenCounts()
      const bleuSums = ofBleu.open()
      const chrfSums = ofChrf.open()
      return {
        recordColumns: [...meanNames, ...ofBleu.columns, ...ofChrf.columns],
        measuredMetrics: [...meanNames, 'bleu', 'chrf'],
        judge(row): Judgement {
          const references = readReferences(row.label, 1)
          const prediction = requireText('prediction', row.prediction)
          const { rouge1, rouge2, rougeL } = rouge([references], [prediction])
          const exact = exactMatch([references], [prediction], { normalize }).mean
          const f1 = tokenF1([references], [prediction]).mean
          const tokens = readTokens(row)
          const means = [exact, f1, rouge1.f1, rouge2.f1, rougeL.f1]
          const bleuCounts = ofBleu.countRow(references, prediction)
          const chrfCounts = ofChrf.countRow(references, prediction)
          return {
            isCorrect: exact === 1,
            badness: exact === 1 ? 0 : 1 - f1,
            confidence: readConfidence(row.confidence),
            record: [...means, ...bleuCounts, ...chrfCounts],
            count() {
              sums.add(means)
              tokenCounts.add(tokens)
              bleuSums.add(bleuCounts)
              chrfSums.add(chrfCounts)
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
        measure(records, rows) {
          const means = meansOfRecords(records.slice(0, meanNames.length), rows)
          const chrfStart = meanNames.length + ofBleu.columns.length
          const { score } = measureCorpus(ofBleu, records.slice(meanNames.length, chrfStart), rows)
          return [...means, score, measureCorpus(ofChrf, records.slice(chrfStart), rows)]
        },
        // With other options BLEU and chrF count other things; the means stay what they are.
        translateRecords: (records) =>
          records.map((column, index) => (index < meanNames.length ? column : column.map(() => Number.NaN))),
        recordsMeaning: () => JSON.stringify([bleu, chrf]),
        report: () => ({
          metrics: {
            ...{ ...sums.means(), bleu: bleuSums.score().score, chrf: chrfSums.score() },
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

function measureCorpus<Score>(metric: CorpusMetric<Score>, columns: RecordColumns, rows: Uint32Array): Score {
  const sums = metric.open()
  const counts = new Float64Array(columns.length)
  for (const row of rows) {
    for (let index = 0; index < counts.length; index += 1) counts[index] = columns[index]![row]!
    sums.add(counts)
  }
  return sums.score()
}
