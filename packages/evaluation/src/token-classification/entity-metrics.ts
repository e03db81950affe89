import {
  type ClassPrecisionRecallF1,
  type PrecisionRecallF1,
  reportOfCounts,
} from '../classification/precision-recall-f1.ts'
import { requireLength } from '../errors.ts'
import type { ZeroDivision } from '../labels/average.ts'
import { type Entity, type FindEntitiesOptions, findEntities } from './find-entities.ts'

/** Choices of {@link entityMetrics}. */
export interface EntityMetricsOptions extends FindEntitiesOptions {
  /** What 0/0 gives: 0, 1, or NaN, which averages leave out. Default 0, as seqeval. */
  readonly zeroDivision?: ZeroDivision
}

/** Precision, recall and F1 of entities. */
export interface EntityMetrics {
  /** By type, in alphabetical order; `support` is the number of entities of the labels. */
  readonly perType: ReadonlyMap<string, ClassPrecisionRecallF1>
  /** From the counts of all types together: what CoNLL reports. `zeroDivision` if there are no entities. */
  readonly micro: PrecisionRecallF1
  /** Plain mean over the types. NaN if there are none. */
  readonly macro: PrecisionRecallF1
  /** Mean over the types, weighted by their entities. NaN if there are none. */
  readonly weighted: PrecisionRecallF1
  /** Share of the tags that are right. NaN without tags. */
  readonly tokenAccuracy: number
}

/**
 * Metrics of named entities, equal to seqeval's (`classification_report`; with a scheme other than `'lenient'`, its
 * `mode='strict'`): an entity is right if its type, start and end are.
 *
 * @param labels - The tags of each text.
 * @param predictions - Of the same lengths.
 * @throws EvaluationError `evaluation-length`, or `evaluation-label` for a tag whose prefix the scheme does not have.
 */
export function entityMetrics(
  labels: readonly (readonly string[])[],
  predictions: readonly (readonly string[])[],
  options: EntityMetricsOptions = {},
): EntityMetrics {
  requireLength('Predictions', predictions.length, labels.length)
  const counter = createEntityCounter(options)
  for (const [text, tags] of labels.entries()) {
    requireLength(`Predicted tags of text ${text}`, predictions[text]!.length, tags.length)
    counter.add(compareEntities(tags, predictions[text]!, options))
  }
  return counter.metrics()
}

/** The entities of one text. */
export interface ComparedText {
  readonly actual: readonly Entity[]
  readonly predicted: readonly Entity[]
  readonly tagCount: number
  readonly correctTagCount: number
}

/**
 * Entities of a text in both lists of tags, which are of the same length.
 *
 * @throws EvaluationError `evaluation-label`.
 */
export function compareEntities(
  tags: readonly string[],
  predictedTags: readonly string[],
  { scheme = 'lenient' }: FindEntitiesOptions,
): ComparedText {
  return {
    actual: findEntities(tags, { scheme }),
    predicted: findEntities(predictedTags, { scheme }),
    tagCount: tags.length,
    correctTagCount: tags.filter((tag, index) => tag === predictedTags[index]).length,
  }
}

/** Number of entities that are right. */
export function countRightEntities({ actual, predicted }: ComparedText): number {
  const places = new Set(actual.map(placeOf))
  return predicted.filter((entity) => places.has(placeOf(entity))).length
}

/** Metrics of texts that come one by one. */
export interface EntityCounter {
  add(text: ComparedText): void
  metrics(): EntityMetrics
}

export function createEntityCounter({ zeroDivision = 0 }: Pick<EntityMetricsOptions, 'zeroDivision'>): EntityCounter {
  const counts = new Map<string, EntityCounts>()
  let tagCount = 0
  let correctCount = 0
  return {
    add(text) {
      tagCount += text.tagCount
      correctCount += text.correctTagCount
      addText(counts, text.actual, text.predicted)
    },
    metrics() {
      const types = [...counts.keys()].sort()
      const column = (key: keyof EntityCounts): Float64Array =>
        Float64Array.from(types, (type) => counts.get(type)?.[key] ?? 0)
      const { perClass, micro, macro, weighted } = reportOfCounts(
        { truePositive: column('truePositive'), actual: column('actual'), predicted: column('predicted') },
        { zeroDivision },
      )
      const perType = new Map(types.map((type, index) => [type, perClass[index]!]))
      return { perType, micro, macro, weighted, tokenAccuracy: correctCount / tagCount }
    },
  }
}

/** Entities of one type. */
interface EntityCounts {
  truePositive: number
  actual: number
  predicted: number
}

function addText(counts: Map<string, EntityCounts>, actual: readonly Entity[], predicted: readonly Entity[]): void {
  const places = new Set(actual.map(placeOf))
  const countsOf = (type: string): EntityCounts => {
    const known = counts.get(type) ?? { truePositive: 0, actual: 0, predicted: 0 }
    counts.set(type, known)
    return known
  }
  for (const { type } of actual) countsOf(type).actual += 1
  for (const entity of predicted) {
    const one = countsOf(entity.type)
    one.predicted += 1
    if (places.has(placeOf(entity))) one.truePositive += 1
  }
}

function placeOf({ type, start, end }: Entity): string {
  return `${start} ${end} ${type}`
}
