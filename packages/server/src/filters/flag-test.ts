import type { JsonValue } from '@lossline/protocol'
import type { Predicate } from '@lossline/store'
import { invalidFilter } from './refusals.ts'

/** A field that is true where `holds` does and missing elsewhere, compared with what only such a field can be compared with. */
export function parseFlagTest<Path>(
  name: string,
  holds: Predicate<Path>,
  operator: string,
  operand: JsonValue,
): Predicate<Path> {
  const isWanted = typeof operand === 'boolean' ? operand : operand === null ? false : undefined
  if (isWanted === undefined || !['$eq', '$ne', '$exists'].includes(operator)) {
    throw invalidFilter(`"${name}" is true or missing`, `Ask for {"${name}": true} or {"${name}": {"$exists": false}}.`)
  }
  return isWanted === (operator !== '$ne') ? holds : { kind: 'not', of: holds }
}
