import type { JsonValue } from '@lossline/protocol'
import { invalidFilter } from './refusals.ts'

/** A date or time of ISO 8601 as milliseconds since 1970; without a zone it is UTC. Null stays null. @throws for all else. */
export function parseInstant(operand: JsonValue): JsonValue {
  if (operand === null) return null
  const timeMs = typeof operand === 'string' ? toInstantMs(operand) : Number.NaN
  if (!Number.isNaN(timeMs)) return timeMs
  throw invalidFilter(
    `${JSON.stringify(typeof operand === 'bigint' ? String(operand) : operand)} is no time`,
    'Write it as "2026-01-31" or "2026-01-31T12:00:00Z".',
  )
}

function toInstantMs(text: string): number {
  if (!/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)/.test(text)) return Number.NaN
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(text) || text.length === 10
  return Date.parse(hasZone ? text : `${text}Z`)
}
