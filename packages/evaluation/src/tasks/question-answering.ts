import { squadMetrics } from '../text/answers.ts'
import { requireText } from './check-row.ts'
import type { EvaluationRow, EvaluationTask, Judgement } from './evaluation-task.ts'
import { createMeanSums } from './mean-sums.ts'
import { meansOfRecords } from './means-of-records.ts'
import { readConfidence, readReferences } from './text-row.ts'

/** One question. */
export interface QuestionAnsweringRow extends EvaluationRow {
  /** The right answers; an empty list for a question without one, which wants ''. */
  readonly label: string | readonly string[]
  readonly prediction: string
  /** How sure the model was: the score of its answer. */
  readonly confidence?: number | undefined
}

const metricNames = ['exact_match', 'f1']

/** Answers to questions, as SQuAD judges them. Metrics: `exact_match` and `f1`, from 0 to 100 as there. */
export function questionAnswering(): EvaluationTask<QuestionAnsweringRow, undefined> {
  return {
    kind: 'questionAnswering',
    open() {
      const sums = createMeanSums(metricNames)
      return {
        recordColumns: metricNames,
        measuredMetrics: metricNames,
        judge(row): Judgement {
          const answers = readReferences(row.label, 0)
          const prediction = requireText('prediction', row.prediction)
          const { exactMatch, f1 } = squadMetrics([answers], [prediction])
          return {
            isCorrect: exactMatch === 100,
            badness: 1 - f1 / 100,
            confidence: readConfidence(row.confidence),
            record: [exactMatch, f1],
            count: () => sums.add([exactMatch, f1]),
            cells: () => ({ answers, prediction, exact_match: exactMatch === 100, f1 }),
          }
        },
        measure: meansOfRecords,
        recordsMeaning: () => '',
        report: () => ({ metrics: sums.means(), basis: {}, details: undefined, tables: {}, charts: {}, notes: [] }),
      }
    },
  }
}
