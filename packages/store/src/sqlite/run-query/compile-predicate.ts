import type { JsonValue } from '@lossline/protocol'
import { sql } from 'kysely'
import type { RunPath, RunPredicate, ValueTest } from '../../runs/run-selection.ts'
import { matchFunction } from '../match-function.ts'
import { type Cell, toCell } from '../values/cells.ts'
import { wholeText } from '../whole-text.ts'
import type { Expression, RunContext } from './run-context.ts'
import { type Place, toPlace } from './run-places.ts'

/** Over a row of `run`: 0 or 1, and never NULL, so that NOT turns it round. */
type Condition = Expression

const never: Condition = sql`0`
const always: Condition = sql`1`

export function compilePredicate(predicate: RunPredicate, context: RunContext): Condition {
  const conditionsOf = (parts: readonly RunPredicate[]): Condition[] =>
    parts.map((part) => compilePredicate(part, context))
  switch (predicate.kind) {
    case 'and':
      return combine('AND', conditionsOf(predicate.of)) ?? always
    case 'or':
      return combine('OR', conditionsOf(predicate.of)) ?? never
    case 'nor':
      return not(combine('OR', conditionsOf(predicate.of)) ?? never)
    case 'not':
      return not(compilePredicate(predicate.of, context))
    default:
      return compileTest(predicate, toPlace(predicate.path, context))
  }
}

function compileTest(test: ValueTest<RunPath>, place: Place): Condition {
  switch (test.kind) {
    case 'exists':
      return place.exists
    case 'size':
      return sql`(${place.count} = ${test.count})`
    case 'eq':
      return isOneOf([test.value], place)
    case 'in':
      return isOneOf(test.values, place)
    case 'regex':
      if (place.holds === 'number') return never
      return place.some(
        (value) => sql`(typeof(${value}) = 'text' AND ${sql.raw(matchFunction)}(${test.pattern}, ${wholeText(value)}))`,
      )
    default:
      return compileRange(test.kind, toCell(test.value), place)
  }
}

function isOneOf(values: readonly JsonValue[], place: Place): Condition {
  const wanted = values
    .filter((value) => value !== null)
    .map(toCell)
    .filter((cell) => place.holds === 'any' || kindOf(cell) === place.holds)
  const isWanted = wanted.length === 0 ? never : place.some((value) => sql`${value} IN (${sql.join(wanted)})`)
  return values.includes(null) ? sql`(${place.isNull} OR ${isWanted})` : isWanted
}

const signs = { gt: sql`>`, gte: sql`>=`, lt: sql`<`, lte: sql`<=` } as const

/** Where the values of a kind begin and end in SQLite's order of all values. */
const extents = {
  number: { from: undefined, to: sql`''` },
  text: { from: sql`''`, to: sql`X''` },
  boolean: { from: sql`X''`, to: sql`X'02'` },
} as const

function compileRange(kind: keyof typeof signs, bound: Cell, place: Place): Condition {
  const boundKind = kindOf(bound)
  if (boundKind === 'none' || (place.holds !== 'any' && place.holds !== boundKind)) return never
  const { from, to } = extents[boundKind]
  return place.some((value) => {
    const compared = sql`${value} ${signs[kind]} ${bound}`
    if (place.holds !== 'any') return compared
    if (kind === 'gt' || kind === 'gte') return sql`(${compared} AND ${value} < ${to})`
    return from === undefined ? compared : sql`(${compared} AND ${value} >= ${from})`
  })
}

/** What a value can be less or greater than. */
function kindOf(cell: Cell): 'number' | 'text' | 'boolean' | 'none' {
  switch (typeof cell) {
    case 'number':
    case 'bigint':
      return 'number'
    case 'string':
      return 'text'
    default:
      return cell instanceof Uint8Array && cell.length === 1 && cell[0]! < 2 ? 'boolean' : 'none'
  }
}

function not(condition: Condition): Condition {
  return sql`(NOT ${condition})`
}

/** As a balanced tree, because SQLite refuses expressions that are nested deeper than 1,000. Undefined of none. */
function combine(operator: 'AND' | 'OR', conditions: readonly Condition[]): Condition | undefined {
  if (conditions.length <= 1) return conditions[0]
  const middle = conditions.length >> 1
  const [left, right] = [conditions.slice(0, middle), conditions.slice(middle)]
  return sql`(${combine(operator, left)} ${sql.raw(operator)} ${combine(operator, right)})`
}
