/** What a value of a run can be compared to. */
export type QueryValue = number | string | boolean | null

/** How a value is compared. */
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>='

/** Where something of a run is. `name`: as people write it, without the namespace. */
export interface QueryKey {
  /** `auto`: a field of the run, else whatever of config and summary the project has under that name. */
  readonly namespace: 'run' | 'config' | 'summary' | 'auto'
  readonly name: string
}

/**
 * A question about runs, as people type it.
 *
 * @example `loss < 0.3 and config.lr in [1e-3, 3e-4] and not state = failed`
 */
export type RunQueryNode =
  | { readonly kind: 'and' | 'or'; readonly of: readonly RunQueryNode[] }
  | { readonly kind: 'not'; readonly of: RunQueryNode }
  /** Words anywhere in display name, run id, notes or a tag, any case. */
  | { readonly kind: 'words'; readonly text: string }
  | {
      readonly kind: 'compare'
      readonly key: QueryKey
      readonly operator: ComparisonOperator
      readonly value: QueryValue
      /** A key that is compared with in place of the value; only where a {@link ReadOperand} says so. */
      readonly other?: QueryKey
    }
  /** Before or after so many milliseconds from the time of asking; below 0 is the past. */
  | { readonly kind: 'when'; readonly key: QueryKey; readonly operator: ComparisonOperator; readonly offsetMs: number }
  | { readonly kind: 'in'; readonly key: QueryKey; readonly values: readonly QueryValue[] }
  /** A pattern of RE2's syntax, anywhere in the value unless it is anchored. */
  | { readonly kind: 'matches'; readonly key: QueryKey; readonly pattern: string }
  /** Whether a list (the tags) has an element. */
  | { readonly kind: 'includes'; readonly key: QueryKey; readonly value: string }
  | { readonly kind: 'exists'; readonly key: QueryKey }

/** A field of a run: its name in W&B's filters, and what it holds; `duration` is in seconds. */
export interface RunQueryFieldInfo {
  readonly filterKey: string
  readonly holds: 'text' | 'time' | 'duration' | 'list'
}

/** Fields of a run by the names that queries have for them. */
export const runQueryFields: Readonly<Record<RunQueryField, RunQueryFieldInfo>> = {
  name: { filterKey: 'displayName', holds: 'text' },
  id: { filterKey: 'name', holds: 'text' },
  state: { filterKey: 'state', holds: 'text' },
  user: { filterKey: 'username', holds: 'text' },
  host: { filterKey: 'host', holds: 'text' },
  group: { filterKey: 'group', holds: 'text' },
  jobType: { filterKey: 'jobType', holds: 'text' },
  sweep: { filterKey: 'sweep', holds: 'text' },
  created: { filterKey: 'createdAt', holds: 'time' },
  updated: { filterKey: 'heartbeatAt', holds: 'time' },
  runtime: { filterKey: 'duration', holds: 'duration' },
  tags: { filterKey: 'tags', holds: 'list' },
}

/** Name of a field of the run in a query. */
export type RunQueryField =
  | 'name'
  | 'id'
  | 'state'
  | 'user'
  | 'host'
  | 'group'
  | 'jobType'
  | 'sweep'
  | 'created'
  | 'updated'
  | 'runtime'
  | 'tags'

/** Whether a name is that of a field of the run. */
export function isRunQueryField(name: string): name is RunQueryField {
  return Object.hasOwn(runQueryFields, name)
}

/** Why a query cannot be read, and where. */
export class RunQuerySyntaxError extends Error {
  /** Place of the first character that does not fit, from 0. */
  readonly position: number

  /** @param message - Without the place, which is put behind it as people count, from 1. */
  constructor(message: string, position: number) {
    super(`${message} (position ${position + 1}).`)
    this.name = 'RunQuerySyntaxError'
    this.position = position
  }
}
