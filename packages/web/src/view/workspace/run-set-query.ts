import {
  parseRunQuery,
  printRunQuery,
  type RunQueryNode,
  RunQuerySyntaxError,
  readFilterSpec,
  writeFilterSpec,
} from '@lossline/protocol'
import { booleanAt, type JsonObject, objectAt, textAt, withKeys, withObject } from './json.ts'

/** Where a name without a namespace is in runs of a project: what a query leaves open and W&B's filters do not. Default: in that of the view. */
export type LocateKey = (
  name: string,
  project?: { readonly entity: string; readonly project: string },
) => 'config' | 'summary'

/** What a run set of W&B asks for, in words of our queries. */
export interface RunSetQuery {
  readonly query: string
  /** False: some of its filters has no words here, and the query lets more runs through. */
  readonly isWhole: boolean
}

/** Reads the filters of a run set, and what is searched for in names beside them. */
export function readRunSetQuery(runSet: JsonObject): RunSetQuery {
  const filters = readFilterSpec(runSet.filters)
  const search = objectAt(runSet, 'search')
  const text = (textAt(search, 'query') ?? '').trim()
  if (text === '') return { query: filters.query ? printRunQuery(filters.query) : '', isWhole: filters.isWhole }
  const searched: RunQueryNode = booleanAt(search, 'isRegex')
    ? { kind: 'matches', key: { namespace: 'auto', name: 'name' }, pattern: text }
    : { kind: 'words', text }
  const parts = filters.query?.kind === 'and' ? filters.query.of : filters.query ? [filters.query] : []
  return { query: printRunQuery(joinAnd([searched, ...parts])), isWhole: filters.isWhole }
}

/** Tells W&B's programs what a query asks, as far as they have words for it; a query with a fault changes nothing. */
export function writeRunSetQuery(runSet: JsonObject, text: string, locate: LocateKey): JsonObject {
  const query = parseOrUndefined(text)
  if (query === 'faulty') return runSet
  const parts = query === undefined ? [] : query.kind === 'and' ? query.of : [query]
  const searched = parts.find(isSearch)
  const rest = parts.filter((part) => part !== searched)
  const filter = rest.length === 0 ? undefined : joinAnd(rest)
  const { spec } = writeFilterSpec(filter, { before: runSet.filters, locate })
  const isAbsent = runSet.filters === undefined && filter === undefined
  const filtered = isAbsent ? runSet : withKeys(runSet, { filters: spec })
  return withObject(filtered, 'search', (search) =>
    withKeys(search, {
      query: searched === undefined ? '' : searched.kind === 'words' ? searched.text : searched.pattern,
      isRegex: searched?.kind === 'matches' ? true : search.isRegex === undefined ? undefined : false,
    }),
  )
}

type Search = Extract<RunQueryNode, { readonly kind: 'words' | 'matches' }>

/** What W&B looks for in names: of all that must hold one part. */
function isSearch(part: RunQueryNode): part is Search {
  if (part.kind === 'words') return true
  return part.kind === 'matches' && part.key.namespace !== 'config' && part.key.name === 'name'
}

function joinAnd(parts: readonly RunQueryNode[]): RunQueryNode {
  return parts.length === 1 ? parts[0]! : { kind: 'and', of: parts }
}

function parseOrUndefined(text: string): RunQueryNode | 'faulty' | undefined {
  try {
    return parseRunQuery(text)
  } catch (error) {
    if (error instanceof RunQuerySyntaxError) return 'faulty'
    throw error
  }
}
