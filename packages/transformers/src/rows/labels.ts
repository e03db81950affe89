import { isRecord } from '../transformers-like.ts'
import { inputColumns } from './input-columns.ts'
import type { RowColumns, RowPart } from './row-part.ts'

// A thousand classes in a cell help nobody.
const shownScoresMax = 20

/** A class with its score. */
export interface ScoredLabel {
  readonly label: string
  readonly score: number
}

/** Classes with scores, of a text, image or sound: the best one in columns of its own, all of them as text. */
export function summariseLabels(part: RowPart): RowColumns {
  return { input: inputColumns(part), output: labelColumns(toScoredLabels(part.output)) }
}

/** Zero-shot classification of texts has two lists instead. */
export function summariseZeroShotLabels(part: RowPart): RowColumns {
  const { labels = [], scores = [] } = isRecord(part.output)
    ? (part.output as { labels?: string[]; scores?: number[] })
    : {}
  const scored = labels.map((label, index) => ({ label, score: scores[index] ?? Number.NaN }))
  return { input: inputColumns(part), output: labelColumns(scored) }
}

function labelColumns(labels: readonly ScoredLabel[]) {
  const sorted = labels.toSorted((one, other) => other.score - one.score)
  return {
    label: sorted[0]?.label ?? null,
    score: sorted[0]?.score ?? null,
    scores: sorted.length === 0 ? null : describeScores(sorted),
  }
}

/** `bug 0.913, feature 0.041`, at most twenty. */
function describeScores(labels: readonly ScoredLabel[]): string {
  const shown = labels.slice(0, shownScoresMax).map(({ label, score }) => `${label} ${score.toFixed(3)}`)
  return [...shown, ...(labels.length > shownScoresMax ? ['…'] : [])].join(', ')
}

function toScoredLabels(output: unknown): ScoredLabel[] {
  const list = Array.isArray(output) ? output : output === undefined ? [] : [output]
  return list.filter((one): one is ScoredLabel => isRecord(one) && typeof one.score === 'number')
}
