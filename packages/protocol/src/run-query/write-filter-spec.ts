import type { StrictJson, StrictJsonObject } from '../page/page-api.ts'
import { isObject, writeFilterSpecKey } from './filter-spec-keys.ts'
import { fieldOf } from './parse-run-query.ts'
import { filterSpecForm, readFilterSpec } from './read-filter-spec.ts'
import type { ComparisonOperator, QueryKey, RunQueryNode } from './run-query.ts'

/** What a query leaves open when W&B's programs are told of it. */
export interface WriteFilterSpecOptions {
  /** The filter that stands there. Its form is kept, and what people switched off in it. */
  readonly before?: StrictJson | undefined
  /** Where a name without a namespace is. Default: in the summary. */
  readonly locate?: (name: string) => 'config' | 'summary'
}

/** A filter for W&B's views and reports. */
export interface WrittenFilterSpec {
  readonly spec: StrictJson
  /** False: W&B has no word for some of the query. Its filter lets through more runs then, never fewer. */
  readonly isWhole: boolean
}

/** One question of W&B's filters. */
type Leaf = StrictJsonObject
/** One of the inner lists must hold as a whole. Undefined: W&B has no words for it. */
type Alternatives = readonly (readonly Leaf[])[] | undefined

/** What W&B's page shows is meant for a handful. */
const alternativeCountMax = 64

/**
 * The same question as W&B writes it: alternatives of conditions. A filter that asks it already stays as it is, and so does one
 * in a form that is unknown here.
 */
export function writeFilterSpec(
  query: RunQueryNode | undefined,
  options: WriteFilterSpecOptions = {},
): WrittenFilterSpec {
  const { before, locate = () => 'summary' } = options
  const isMissing = before === undefined || before === null || (isObject(before) && Object.keys(before).length === 0)
  const form = isMissing ? 'tree' : filterSpecForm(before)
  if (form === 'unknown') return { spec: before!, isWhole: false }
  const { alternatives, isWhole } = toAlternatives(query, locate)
  const fresh = toSpec(form, alternatives, isMissing ? [] : disabledLeaves(before))
  if (isMissing) return { spec: fresh, isWhole }
  const [asked, wanted] = [readFilterSpec(before), readFilterSpec(fresh)]
  const isSame = asked.isWhole && JSON.stringify(asked.query) === JSON.stringify(wanted.query)
  return { spec: isSame ? before : fresh, isWhole }
}

function toSpec(
  form: 'tree' | 'list',
  alternatives: readonly (readonly Leaf[])[],
  disabled: readonly Leaf[],
): StrictJson {
  const all = alternatives.map((leaves, index) =>
    index === alternatives.length - 1 ? [...leaves, ...disabled] : leaves,
  )
  if (form === 'tree') return { op: 'OR', filters: all.map((filters) => ({ op: 'AND', filters })) }
  const items = all.flatMap((leaves, alternative) =>
    leaves.map((leaf, index) => ({ ...leaf, connector: index > 0 || alternative === 0 ? 'AND' : 'OR' })),
  )
  // Nothing stands before the first one that it could be connected with.
  const filters = items.map(({ connector, ...leaf }, index) => (index === 0 ? leaf : { ...leaf, connector }))
  return { filterFormat: 'filterV2', filters }
}

function disabledLeaves(spec: StrictJson | undefined): readonly Leaf[] {
  if (!isObject(spec)) return []
  const { connector: _, ...leaf } = spec
  if (spec.disabled === true) return [leaf]
  return Array.isArray(spec.filters) ? spec.filters.flatMap(disabledLeaves) : []
}

function toAlternatives(
  query: RunQueryNode | undefined,
  locate: (name: string) => 'config' | 'summary',
): { readonly alternatives: readonly (readonly Leaf[])[]; readonly isWhole: boolean } {
  let isWhole = true
  const sayable = (alternatives: Alternatives): Alternatives => {
    if (alternatives === undefined || alternatives.length > alternativeCountMax) isWhole = false
    return alternatives === undefined || alternatives.length > alternativeCountMax ? undefined : alternatives
  }
  const expand = (node: RunQueryNode, isNegated: boolean): Alternatives => {
    if (node.kind === 'not') return expand(node.of, !isNegated)
    if (!('of' in node)) return sayable(toLeaf(node, isNegated, locate))
    const parts = node.of.map((part) => expand(part, isNegated))
    const isAnd = (node.kind === 'and') !== isNegated
    return isAnd
      ? combine(parts, sayable)
      : sayable(parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []))
  }
  const alternatives = (query === undefined ? undefined : expand(query, false)) ?? [[]]
  return { alternatives, isWhole }
}

/**
 * Every way to take one alternative of each part. Parts that cannot be said are left out: the rest lets more through. Where none
 * can, the whole cannot: an alternative without conditions beside others is one that W&B does not see.
 */
function combine(parts: readonly Alternatives[], sayable: (alternatives: Alternatives) => Alternatives): Alternatives {
  if (parts.every((part) => part === undefined)) return undefined
  let combined: readonly (readonly Leaf[])[] = [[]]
  for (const part of parts) {
    if (part === undefined) continue
    const next = combined.flatMap((leaves) => part.map((more) => [...leaves, ...more]))
    combined = sayable(next) ?? combined
  }
  return combined
}

const opposites: Partial<Record<ComparisonOperator, ComparisonOperator>> = { '=': '!=', '!=': '=' }

function toLeaf(
  node: Exclude<RunQueryNode, { readonly kind: 'and' | 'or' | 'not' }>,
  isNegated: boolean,
  locate: (name: string) => 'config' | 'summary',
): Alternatives {
  const leaf = (key: QueryKey, op: string, value: StrictJson): Alternatives => [
    [{ key: { ...writeFilterSpecKey(key, locate) }, op, value, disabled: false }],
  ]
  switch (node.kind) {
    // W&B searches beside the filter, and has no patterns in it.
    case 'words':
    case 'matches':
      return undefined
    case 'compare': {
      // What is not less is greater, equal, or missing: the last W&B would leave out.
      const op = isNegated ? opposites[node.operator] : node.operator
      // Nothing is less or greater than null.
      const isAskable = node.value !== null || op === '=' || op === '!='
      return op && isAskable ? leaf(node.key, op, node.value) : undefined
    }
    case 'when': {
      const isSince = node.operator === '>' || node.operator === '>='
      if (!isSince || isNegated || node.offsetMs >= 0 || fieldOf(node.key)?.filterKey !== 'createdAt') return undefined
      return leaf(node.key, 'WITHINSECONDS', -node.offsetMs / 1000)
    }
    case 'in':
      return leaf(node.key, isNegated ? 'NIN' : 'IN', node.values)
    case 'includes':
      return leaf(node.key, isNegated ? 'NIN' : 'IN', [node.value])
    case 'exists':
      return leaf(node.key, isNegated ? '=' : '!=', null)
  }
}
