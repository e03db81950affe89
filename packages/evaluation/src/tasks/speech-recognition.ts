import { characterErrorRate, type ErrorRate, wordErrorRate } from '../text/error-rates.ts'
import { requireText } from './check-row.ts'
import type { EvaluationRow, EvaluationTask, Judgement, RecordColumns } from './evaluation-task.ts'
import { readConfidence } from './text-row.ts'

/** One transcript. */
export interface SpeechRecognitionRow extends EvaluationRow {
  /** What was said. */
  readonly label: string
  readonly prediction: string
  readonly confidence?: number | undefined
}

/** Choices of {@link speechRecognition}. */
export interface SpeechRecognitionOptions {
  /** Makes both texts alike before they are compared, such as lower case without punctuation. Default: as they are. */
  readonly normalize?: ((text: string) => string) | undefined
}

/** The errors behind the rates. */
export interface SpeechRecognitionDetails {
  readonly words: ErrorCounts
  readonly characters: ErrorCounts
}

/** Sums over all transcripts. */
export interface ErrorCounts {
  readonly hits: number
  readonly substitutions: number
  readonly deletions: number
  readonly insertions: number
  /** Words or characters of the references. */
  readonly referenceLength: number
}

/**
 * Transcripts. Metrics: `wer` and `cer`, errors over words and characters of all references. A row is right without an error in a word, and
 * as bad as its own word error rate.
 */
export function speechRecognition({
  normalize = (text) => text,
}: SpeechRecognitionOptions = {}): EvaluationTask<SpeechRecognitionRow, SpeechRecognitionDetails> {
  return {
    kind: 'speechRecognition',
    open() {
      const words = emptyCounts()
      const characters = emptyCounts()
      let rowCount = 0
      return {
        recordColumns: ['word_errors', 'words', 'character_errors', 'characters'],
        measuredMetrics: ['wer', 'cer'],
        judge(row): Judgement {
          const reference = requireText('label', row.label)
          const prediction = requireText('prediction', row.prediction)
          const pair = [[normalize(reference)], [normalize(prediction)]] as const
          const ofWords = wordErrorRate(...pair)
          const ofCharacters = characterErrorRate(...pair)
          const [wordErrors, characterErrors] = [ofWords.errorsPerRow[0]!, ofCharacters.errorsPerRow[0]!]
          return {
            isCorrect: wordErrors === 0,
            badness: ofWords.rate,
            confidence: readConfidence(row.confidence),
            record: [wordErrors, ofWords.referenceLength, characterErrors, ofCharacters.referenceLength],
            count() {
              rowCount += 1
              addCounts(words, ofWords)
              addCounts(characters, ofCharacters)
            },
            cells: () => ({
              reference,
              prediction,
              word_errors: wordErrors,
              wer: ofWords.rate,
              cer: ofCharacters.rate,
            }),
          }
        },
        measure,
        recordsMeaning: () => '',
        report: () => ({
          metrics: { wer: rateOf(words, rowCount), cer: rateOf(characters, rowCount) },
          basis: {},
          details: { words: { ...words }, characters: { ...characters } },
          tables: {},
          charts: {},
          notes: [],
        }),
      }
    },
  }
}

type Counts = { -readonly [Name in keyof ErrorCounts]: number }

function emptyCounts(): Counts {
  return { hits: 0, substitutions: 0, deletions: 0, insertions: 0, referenceLength: 0 }
}

function addCounts(counts: Counts, rate: ErrorRate): void {
  counts.hits += rate.hits
  counts.substitutions += rate.substitutions
  counts.deletions += rate.deletions
  counts.insertions += rate.insertions
  counts.referenceLength += rate.referenceLength
}

/** As jiwer: without a word in all references, the rate is the number of errors. */
function rateOf({ substitutions, deletions, insertions, referenceLength }: Counts, rowCount: number): number {
  return rowCount === 0 ? Number.NaN : (substitutions + deletions + insertions) / Math.max(referenceLength, 1)
}

function measure(records: RecordColumns, rows: Uint32Array): number[] {
  const [wordErrors, words, characterErrors, characters] = records.map((column) =>
    rows.reduce((sum, row) => sum + column[row]!, 0),
  )
  return [wordErrors! / Math.max(words!, 1), characterErrors! / Math.max(characters!, 1)]
}
