import { fieldOf } from './parse-run-query.ts'
import type { QueryKey, RunQueryNode } from './run-query.ts'

/** Keys of config and summary that a query names; fields of the run are not among them. */
export function runQueryKeys(query: RunQueryNode): readonly QueryKey[] {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.of.flatMap(runQueryKeys)
    case 'not':
      return runQueryKeys(query.of)
    case 'words':
      return []
    default:
      return fieldOf(query.key) === undefined ? [query.key] : []
  }
}
