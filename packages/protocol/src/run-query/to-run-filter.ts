import { fieldOf } from './parse-run-query.ts'
import type { ComparisonOperator, QueryKey, QueryValue, RunQueryNode } from './run-query.ts'

/** A filter in the words of W&B's `Api.runs`. */
export type RunFilter = { readonly [key: string]: unknown }

/** What a query leaves open. */
export interface ToRunFilterOptions {
  /** Unix milliseconds: what `-7d` counts from. */
  readonly nowMs: number
  /** Where a name without a namespace is. Default: in the summary. */
  readonly locate?: (name: string) => 'config' | 'summary'
}

const operators: { readonly [O in ComparisonOperator]: string } = {
  '=': '$eq',
  '!=': '$ne',
  '<': '$lt',
  '<=': '$lte',
  '>': '$gt',
  '>=': '$gte',
}

/** A query as a filter that W&B's servers and ours take; words need ours (the key `text`). */
export function toRunFilter(query: RunQueryNode, options: ToRunFilterOptions): RunFilter {
  const keyOf = (key: QueryKey): string => toFilterKey(key, options.locate)
  switch (query.kind) {
    case 'and':
    case 'or':
      return { [`$${query.kind}`]: query.of.map((part) => toRunFilter(part, options)) }
    case 'not':
      return { $nor: [toRunFilter(query.of, options)] }
    case 'words':
      return { text: { $regex: `(?i)${escapePattern(query.text)}` } }
    case 'compare':
      return { [keyOf(query.key)]: { [operators[query.operator]]: toOperand(query.key, query.value) } }
    case 'when': {
      const time = new Date(options.nowMs + query.offsetMs).toISOString()
      return { [keyOf(query.key)]: { [operators[query.operator]]: time } }
    }
    case 'in':
      return { [keyOf(query.key)]: { $in: query.values } }
    case 'matches':
      return { [keyOf(query.key)]: { $regex: query.pattern } }
    case 'includes':
      return { [keyOf(query.key)]: { $eq: query.value } }
    case 'exists':
      return { [keyOf(query.key)]: { $exists: true } }
  }
}

function toFilterKey(key: QueryKey, locate: ToRunFilterOptions['locate']): string {
  const field = fieldOf(key)
  if (field !== undefined) return field.filterKey
  const { namespace, name } = key
  if (namespace === 'run') return name
  const place = namespace === 'auto' ? (locate?.(name) ?? 'summary') : namespace
  return place === 'config' ? `config.${name}` : `summary_metrics.${name}`
}

/** Dates may be written in any form that JavaScript reads; the filter wants ISO 8601. */
function toOperand(key: QueryKey, value: QueryValue): QueryValue {
  return fieldOf(key)?.holds === 'time' && typeof value === 'string' ? new Date(value).toISOString() : value
}

/** A pattern of RE2's syntax that finds this text and nothing else. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')
}
