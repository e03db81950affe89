import type { StrictJson, StrictJsonObject } from '../page/page-api.ts'
import { isObject, readFilterSpecKey } from './filter-spec-keys.ts'
import { fieldOf } from './parse-run-query.ts'
import type { ComparisonOperator, QueryKey, QueryValue, RunQueryNode } from './run-query.ts'

/** What a filter of a view of W&B chooses. */
export interface FilterSpecReading {
  /** Undefined: every run. */
  readonly query: RunQueryNode | undefined
  /** False: some of it has no words here. The query lets through more runs then, never fewer. */
  readonly isWhole: boolean
}

/** How a filter is written: as a tree, or as a list with a connector before each but the first (AND binds closer). */
export type FilterSpecForm = 'tree' | 'list' | 'unknown'

/** A part of a filter: what it asks, `all` if it asks nothing, undefined if it cannot be read. */
type Part = RunQueryNode | 'all' | undefined

/**
 * Reads `filters` of a set of runs in W&B's views and reports, in either form: `{ op: 'OR', filters: [{ op: 'AND', filters:
 * [{ key: { section, name }, op, value, disabled }] }] }`, or `{ filterFormat: 'filterV2', filters: [{ key, op, value },
 * { connector: 'OR', … }] }`.
 */
export function readFilterSpec(spec: StrictJson | undefined): FilterSpecReading {
  let isWhole = true
  const unreadable = (): undefined => {
    isWhole = false
  }

  const readTree = (node: StrictJson): Part => {
    if (!isObject(node)) return unreadable()
    if (node.disabled === true) return 'all'
    if (isObject(node.key)) return node.key.name === '' ? 'all' : (readLeaf(node, node.key) ?? unreadable())
    if (!Array.isArray(node.filters) || (node.op !== 'AND' && node.op !== 'OR')) return unreadable()
    const parts = node.filters.map(readTree)
    return node.op === 'AND' ? allOf(parts) : anyOf(parts)
  }

  const readList = (items: StrictJson | undefined): Part => {
    if (!Array.isArray(items)) return unreadable()
    const alternatives: Part[][] = [[]]
    for (const [index, item] of items.entries()) {
      const { connector, filters } = isObject(item) ? item : {}
      if (index > 0 && connector === 'OR') alternatives.push([])
      const isDisabled = isObject(item) && item.disabled === true
      alternatives.at(-1)!.push(filters === undefined || isDisabled ? readTree(item) : readList(filters))
    }
    return anyOf(alternatives.map(allOf))
  }

  const form = filterSpecForm(spec)
  const part =
    form === 'unknown' || !isObject(spec) ? unreadable() : form === 'list' ? readList(spec.filters) : readTree(spec)
  const isNothing = spec === undefined || spec === null || (isObject(spec) && Object.keys(spec).length === 0)
  return { query: part === 'all' ? undefined : part, isWhole: isNothing || isWhole }
}

/** In which form a filter is. */
export function filterSpecForm(spec: StrictJson | undefined): FilterSpecForm {
  if (!isObject(spec)) return 'unknown'
  if (spec.filterFormat !== undefined) return spec.filterFormat === 'filterV2' ? 'list' : 'unknown'
  return spec.op === undefined ? 'unknown' : 'tree'
}

/** What cannot be read is left out: the rest lets more through. Of nothing but that it is not known what it asks. */
function allOf(parts: readonly Part[]): Part {
  const joined = join('and', parts)
  return joined === 'all' && parts.includes(undefined) ? undefined : joined
}

/** Without one of its alternatives it would let fewer through. An alternative that asks nothing is one that nobody filled in. */
function anyOf(parts: readonly Part[]): Part {
  return parts.includes(undefined) ? undefined : join('or', parts)
}

function join(kind: 'and' | 'or', parts: readonly Part[]): Part {
  const asking = parts.filter((part) => part !== 'all' && part !== undefined)
  return asking.length === 0 ? 'all' : asking.length === 1 ? asking[0] : { kind, of: asking }
}

const comparisons: Readonly<Record<string, ComparisonOperator>> = {
  '=': '=',
  '==': '=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

function readLeaf({ op, value }: StrictJsonObject, keyJson: StrictJsonObject): RunQueryNode | undefined {
  const operator = typeof op === 'string' ? op : ''
  if (keyJson.section === 'tags') return readTagOfName(keyJson.name, operator, value)
  const key = readFilterSpecKey(keyJson)
  if (key === undefined) return undefined
  const field = fieldOf(key)
  if (operator === 'WITHINSECONDS') {
    if (field?.holds !== 'time' || typeof value !== 'number') return undefined
    return { kind: 'when', key, operator: '>', offsetMs: -value * 1000 }
  }
  if (operator === 'IN' || operator === 'NIN') {
    const values = (Array.isArray(value) ? value : [value]).map((one) => toQueryValue(one, key))
    if (values.some((one) => one === undefined)) return undefined
    return negateIf(
      operator === 'NIN',
      toIn(
        key,
        values.filter((one) => one !== undefined),
      ),
    )
  }
  const comparison = comparisons[operator]
  const operand = toQueryValue(value, key)
  if (comparison === undefined || operand === undefined) return undefined
  const isEquality = comparison === '=' || comparison === '!='
  if (operand === null) {
    return isEquality ? negateIf(comparison === '=', { kind: 'exists', key }) : undefined
  }
  if (field?.holds === 'list') return isEquality ? negateIf(comparison === '!=', toIn(key, [operand])) : undefined
  if (field?.holds === 'time' && Number.isNaN(Date.parse(String(operand)))) return undefined
  return { kind: 'compare', key, operator: comparison, value: operand }
}

/** In this section the name is the tag. */
function readTagOfName(name: StrictJson | undefined, operator: string, value: StrictJson | undefined) {
  if (typeof name !== 'string' || typeof value !== 'boolean') return undefined
  if (operator !== '=' && operator !== '==' && operator !== '!=') return undefined
  const isWanted = value === (operator !== '!=')
  return negateIf(!isWanted, toIn({ namespace: 'auto', name: 'tags' }, [name]))
}

function toIn(key: QueryKey, values: readonly QueryValue[]): RunQueryNode {
  const [first] = values
  const isOneOfList = fieldOf(key)?.holds === 'list' && values.length === 1 && typeof first === 'string'
  return isOneOfList ? { kind: 'includes', key, value: first } : { kind: 'in', key, values }
}

/** Undefined: nothing that a value can be compared to. */
function toQueryValue(value: StrictJson | undefined, key: QueryKey): QueryValue | undefined {
  if (value === undefined || (typeof value === 'object' && value !== null)) return undefined
  // W&B's programs show states with a capital.
  return typeof value === 'string' && fieldOf(key)?.filterKey === 'state' ? value.toLowerCase() : value
}

function negateIf(isNegated: boolean, node: RunQueryNode): RunQueryNode {
  return isNegated ? { kind: 'not', of: node } : node
}
