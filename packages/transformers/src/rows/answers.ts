import { isRecord } from '../transformers-like.ts'
import { inputColumns } from './input-columns.ts'
import type { RowColumns, RowPart } from './row-part.ts'
import { toTextCell } from './text-cell.ts'

/** Answers that are parts of the context: the best in columns of its own. */
export function summariseAnswers(part: RowPart): RowColumns {
  const answers = toList(part.output)
  const [best] = answers
  return {
    input: inputColumns(part),
    output: { score: typeof best?.score === 'number' ? best.score : null, answer_count: answers.length },
    quoting: { answer: typeof best?.answer === 'string' ? toTextCell(best.answer) : null },
  }
}

/** Answers that a model wrote after looking at a document. */
export function summariseDocumentAnswers(part: RowPart): RowColumns {
  const [best] = toList(part.output)
  return {
    input: inputColumns(part),
    output: { answer: typeof best?.answer === 'string' ? toTextCell(best.answer) : null },
  }
}

/** Tokens in place of the mask; the filled sequence repeats the input. */
export function summariseFilledMasks(part: RowPart): RowColumns {
  const fillings = toList(part.output)
  const [best] = fillings
  const scored = fillings.map(({ token_str, score }) => `${String(token_str)} ${Number(score).toFixed(3)}`)
  return {
    input: inputColumns(part),
    output: {
      token: typeof best?.token_str === 'string' ? best.token_str : null,
      score: typeof best?.score === 'number' ? best.score : null,
      scores: scored.length === 0 ? null : scored.join(', '),
    },
    quoting: { sequence: typeof best?.sequence === 'string' ? toTextCell(best.sequence) : null },
  }
}

function toList(output: unknown): Readonly<Record<string, unknown>>[] {
  return (Array.isArray(output) ? output : [output]).filter(isRecord)
}
