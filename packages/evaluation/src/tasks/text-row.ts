import type { References } from '../text/references.ts'
import { invalidRow, requireNumber } from './check-row.ts'
import type { EvaluationRow } from './evaluation-task.ts'

/** One row of a model that writes. */
export interface TextRow extends EvaluationRow {
  /** What is right, or several texts that are. */
  readonly label: References
  readonly prediction: string
  /** How sure the model was, such as the mean probability of its tokens. */
  readonly confidence?: number | undefined
  /** Tokens that the model made, for `output_tokens_per_second` and `perplexity`. */
  readonly outputTokens?: number | undefined
  /** Natural logarithm of the probability of the whole prediction: the sum over its tokens. For `perplexity`. */
  readonly logProbability?: number | undefined
}

/** The right texts of a row. */
export function readReferences(label: unknown, least: number): readonly string[] {
  if (typeof label === 'string') return [label]
  if (Array.isArray(label) && label.length >= least && label.every((text) => typeof text === 'string')) return label
  throw invalidRow('label', label, least === 0 ? 'a text or a list of texts' : 'a text, or a list of at least one')
}

/** `undefined` where the row says nothing. */
export function readConfidence(confidence: unknown): number | undefined {
  return readOptionalNumber('confidence', confidence)
}

/** `undefined` where the row says nothing. */
export function readOptionalNumber(member: string, value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : requireNumber(member, value)
}

/** One text as itself, several as a list. */
export function shownReferences(references: readonly string[]): string | readonly string[] {
  return references.length === 1 ? references[0]! : references
}
