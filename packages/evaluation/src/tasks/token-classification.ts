import { type ClassPrecisionRecallF1, threeOf } from '../classification/precision-recall-f1.ts'
import { EvaluationError } from '../errors.ts'
import {
  compareEntities,
  countRightEntities,
  createEntityCounter,
  type EntityMetrics,
} from '../token-classification/entity-metrics.ts'
import { findEntities, type TagScheme } from '../token-classification/find-entities.ts'
import { invalidRow } from './check-row.ts'
import type { EvaluationRow, EvaluationTask, Judgement, RecordColumns } from './evaluation-task.ts'
import { readConfidence } from './text-row.ts'

/** One text with a tag for each token. */
export interface TokenClassificationRow extends EvaluationRow {
  /** The right tags, such as `B-PER`, `I-PER`, `O`. */
  readonly label: readonly string[]
  /** As many. */
  readonly prediction: readonly string[]
  /** For the tables. */
  readonly tokens?: readonly string[] | undefined
  readonly confidence?: number | undefined
}

/** Choices of {@link tokenClassification}. */
export interface TokenClassificationOptions {
  /** Default `'lenient'`, as seqeval's default. */
  readonly scheme?: TagScheme | undefined
}

/** What is particular to evaluated tags. */
export interface TokenClassificationDetails {
  /** By type, in alphabetical order. */
  readonly perType: ReadonlyMap<string, ClassPrecisionRecallF1>
}

/**
 * Named entities, as seqeval judges them. Metrics: `precision`, `recall`, `f1` of all entities (micro, as CoNLL), `f1_macro`, `f1_weighted`,
 * `token_accuracy`. A row is right if all of its tags are, and as bad as the share of its entities, of either side, that are not right.
 */
export function tokenClassification({
  scheme = 'lenient',
}: TokenClassificationOptions = {}): EvaluationTask<TokenClassificationRow, TokenClassificationDetails> {
  findEntities([], { scheme })
  return {
    kind: 'tokenClassification',
    open() {
      const counter = createEntityCounter({})
      return {
        recordColumns: ['right', 'actual', 'predicted', 'correct_tags', 'tags'],
        measuredMetrics: ['precision', 'recall', 'f1', 'token_accuracy'],
        judge(row): Judgement {
          const tags = readTags('label', row.label)
          const predictedTags = readTags('prediction', row.prediction)
          if (tags.length !== predictedTags.length) throw wrongLength(predictedTags.length, tags.length)
          const text = compareEntities(tags, predictedTags, { scheme })
          const right = countRightEntities(text)
          const all = text.actual.length + text.predicted.length
          const isCorrect = text.correctTagCount === text.tagCount
          return {
            isCorrect,
            badness: isCorrect ? 0 : all === 0 ? 1 - text.correctTagCount / text.tagCount : 1 - (2 * right) / all,
            confidence: readConfidence(row.confidence),
            record: [right, text.actual.length, text.predicted.length, text.correctTagCount, text.tagCount],
            count: () => counter.add(text),
            cells: () => ({
              ...(row.tokens === undefined ? {} : { tokens: [...row.tokens] }),
              label: [...tags],
              prediction: [...predictedTags],
              correct: isCorrect,
              right_entities: right,
              entities: text.actual.length,
            }),
          }
        },
        measure,
        recordsMeaning: () => scheme,
        report: () => {
          const metrics = counter.metrics()
          return {
            metrics: metricsOf(metrics),
            basis: {},
            details: { perType: metrics.perType },
            tables: { per_type: [...metrics.perType].map(([type, one]) => ({ type, ...one })) },
            charts: {},
            notes: [],
          }
        },
      }
    },
  }
}

function metricsOf({ micro, macro, weighted, tokenAccuracy }: EntityMetrics): Record<string, number> {
  return {
    precision: micro.precision,
    recall: micro.recall,
    f1: micro.f1,
    f1_macro: macro.f1,
    f1_weighted: weighted.f1,
    token_accuracy: tokenAccuracy,
  }
}

function readTags(member: string, tags: unknown): readonly string[] {
  if (Array.isArray(tags) && tags.every((tag) => typeof tag === 'string')) return [...tags]
  throw invalidRow(member, tags, 'a list of tags')
}

function wrongLength(given: number, wanted: number): EvaluationError {
  return new EvaluationError({
    code: 'evaluation-length',
    message: `The row has ${given} predicted tags, and ${wanted} tags.`,
    hint: 'Pass one predicted tag for each tag.',
  })
}

/** 0/0 is 0, as in seqeval. */
function measure(records: RecordColumns, rows: Uint32Array): number[] {
  const [right, actual, predicted, correctTags, tags] = records.map((column) =>
    rows.reduce((sum, row) => sum + column[row]!, 0),
  )
  const { precision, recall, f1 } = threeOf(right!, actual!, predicted!, 0)
  return [precision, recall, f1, correctTags! / tags!]
}
