import type { RunFieldValues, RunKeyInfo } from '../page/runs-api.ts'
import { fieldOf, parseQueryKey, parseRunQuery } from './parse-run-query.ts'
import { printQueryValue, printRunQuery } from './print-run-query.ts'
import {
  type ComparisonOperator,
  type QueryValue,
  type RunQueryField,
  type RunQueryFieldInfo,
  type RunQueryNode,
  runQueryFields,
} from './run-query.ts'

/** How a condition asks about a key. */
export type QueryOperator = ComparisonOperator | 'in' | '~' | 'has' | 'exists'

/** What the values under a key are; `duration` is in seconds, `any`: of several kinds, or not known. */
export type QueryKeyHolds = RunQueryFieldInfo['holds'] | 'number' | 'boolean' | 'any'

/** A key that queries can have, and what is known of its values. */
export interface QueryKeyInfo {
  /** As it is written, without quotes: `config.lr`, `state`. */
  readonly text: string
  /** What is said beside it: `of the run`, `text`, `0.1 … 1`. */
  readonly detail: string
  readonly holds: QueryKeyHolds
  /** The ones that suit it, the most usual first. */
  readonly operators: readonly QueryOperator[]
  /** Values that there are, the most frequent first; empty where they are not known. */
  readonly values: readonly QueryValue[]
  /** Whether there can be no others. */
  readonly isClosed: boolean
  /** Of the numbers; null without any. */
  readonly min: number | null
  readonly max: number | null
}

/** Queries about one kind of thing, such as the runs of a project: the keys they can have, and how they are read and written. */
export interface QueryLanguage {
  readonly keys: readonly QueryKeyInfo[]
  /** The key that is meant by a name, as people write it without quotes. */
  find(name: string): QueryKeyInfo | undefined
  /** Undefined: of nothing but spaces. @throws {@link RunQuerySyntaxError} */
  parse(text: string): RunQueryNode | undefined
  /** `parse` of it gives an equal query. */
  print(query: RunQueryNode): string
  /** A value as it stands in a query. */
  printValue(value: QueryValue): string
  /** Keys that one can be compared with instead of a value, as they are written behind an operator. */
  othersOf(name: string): readonly string[]
}

const range = ['<', '<=', '>', '>='] as const
const equality = ['=', '!='] as const

/** Operators that suit values of a kind. */
export const operatorsOf: Readonly<Record<QueryKeyHolds, readonly QueryOperator[]>> = {
  number: [...range, ...equality, 'in', 'exists'],
  duration: [...range, 'exists'],
  time: ['>', '>=', '<', '<=', 'exists'],
  boolean: [...equality, 'exists'],
  list: ['has', 'in', '~', 'exists'],
  text: [...equality, 'in', '~', 'exists'],
  any: [...equality, ...range, 'in', '~', 'exists'],
}

const states = ['running', 'finished', 'failed', 'crashed', 'killed', 'pending', 'preempting', 'preempted']

const fieldKeys: readonly QueryKeyInfo[] = (Object.entries(runQueryFields) as [RunQueryField, RunQueryFieldInfo][]).map(
  ([text, { holds, filterKey }]) => ({
    text,
    detail: 'of the run',
    holds,
    operators: filterKey === 'state' ? [...equality, 'in'] : operatorsOf[holds],
    values: filterKey === 'state' ? states : [],
    isClosed: filterKey === 'state',
    min: null,
    max: null,
  }),
)

/**
 * Queries about runs.
 *
 * @param keys - What configs and summaries of the project have.
 * @param fields - What fields of its runs have. Default: not known.
 */
export function runQueryLanguage(keys: readonly RunKeyInfo[], fields: readonly RunFieldValues[] = []): QueryLanguage {
  const own = keys.map(toKeyInfo)
  const ofRuns = fieldKeys.map((info) => withValues(info, fields))
  const byText = new Map([...own, ...ofRuns].map((info) => [info.text, info]))
  return {
    keys: [...ofRuns, ...own],
    find(name) {
      const key = parseQueryKey(name)
      const isField = fieldOf(key) !== undefined
      return byText.get(isField ? key.name : name) ?? byText.get(`config.${name}`) ?? byText.get(`summary.${name}`)
    },
    parse: (text) => parseRunQuery(text),
    print: (query) => printRunQuery(query),
    printValue: (value) => printQueryValue(value),
    othersOf: () => [],
  }
}

/** What there is comes first; where there can be nothing but certain values, the others of them follow. */
function withValues(info: QueryKeyInfo, fields: readonly RunFieldValues[]): QueryKeyInfo {
  const found = fields.find(({ field }) => field === info.text)?.values.map(({ value }) => value) ?? []
  return { ...info, values: [...found, ...info.values.filter((value) => !found.some((known) => known === value))] }
}

function toKeyInfo({ key, kind, min, max, commonValues }: RunKeyInfo): QueryKeyInfo {
  const holds = kind === 'other' ? 'any' : kind
  return {
    text: key,
    detail: describeKind(kind === 'other' ? 'mixed' : kind, min, max),
    holds,
    operators: operatorsOf[holds],
    values: kind === 'boolean' ? [true, false] : commonValues,
    isClosed: false,
    min,
    max,
  }
}

/** The range of what is numbers, and the name of the kind of anything else. */
export function describeKind(kind: string, min: number | null, max: number | null): string {
  if (kind !== 'number' || min === null || max === null) return kind
  return min === max ? String(min) : `${min} … ${max}`
}
