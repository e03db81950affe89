import { isRecord } from '../transformers-like.ts'
import { inputColumns } from './input-columns.ts'
import type { RowColumns, RowPart } from './row-part.ts'
import { toTextCell } from './text-cell.ts'

/** Tokens or groups of tokens with their entity, as text; their words are parts of the input. */
export function summariseTokenSpans(part: RowPart): RowColumns {
  const spans = (Array.isArray(part.output) ? part.output : []).filter(isRecord).map(toSpan)
  const isMissing = part.output === undefined
  const counts = new Map<string, number>()
  for (const { entity } of spans) counts.set(entity, (counts.get(entity) ?? 0) + 1)
  return {
    input: inputColumns(part),
    output: {
      entity_count: isMissing ? null : spans.length,
      entity_types: isMissing ? null : [...counts].map(([entity, count]) => `${entity} × ${count}`).join(', '),
      lowest_score: spans.length === 0 ? null : Math.min(...spans.map(({ score }) => score)),
    },
    quoting: {
      entities: isMissing
        ? null
        : toTextCell(spans.map(({ word, entity, score }) => `${word} [${entity} ${score.toFixed(3)}]`).join(', ')),
    },
  }
}

function toSpan(span: Readonly<Record<string, unknown>>) {
  return {
    word: String(span.word ?? ''),
    entity: String(span.entity_group ?? span.entity ?? ''),
    score: typeof span.score === 'number' ? span.score : Number.NaN,
  }
}
