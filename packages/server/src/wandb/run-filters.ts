import type { JsonValue } from '@lossline/protocol'
import type { RunRow } from '@lossline/store'
import { runtimeSeconds, runValues } from '../domain/run-values.ts'
import { valueAt } from './filters/compare-values.ts'
import { type FilterFields, type Predicate, parseFilter, parseOrder } from './filters/mongo-filter.ts'

export type RunPredicate = Predicate<RunRow>

/** Compiles the filter of `Api.runs`: Mongo's words over the run's fields. @throws as {@link parseFilter}. */
export function parseRunFilter(text: string | null | undefined): Promise<RunPredicate> {
  return parseFilter(text, runField)
}

/**
 * Sorts by `[+|-]path`, missing values last, ties by creation.
 *
 * @param text - Null or empty: oldest first.
 */
export function parseRunOrder(text: string | null | undefined): (a: RunRow, b: RunRow) => number {
  const byField = parseOrder(text || 'created_at', runField)
  return (a, b) => byField(a, b) || a.number - b.number
}

const runField: FilterFields<RunRow> = (path) => {
  const [head, ...rest] = path.split('.')
  if (head === 'config' && rest.length > 0) return { read: (run) => configField(run, rest) }
  if (head === 'summary_metrics' && rest.length > 0) return { read: (run) => valueAt(runValues(run).summary, rest) }
  const read = runFields.get(path)
  return read && { read, isList: path === 'tags' }
}

type FieldReader = (run: RunRow) => JsonValue | undefined

const iso = (timeMs: number): string => new Date(timeMs).toISOString()
const orMissing = (text: string): string | undefined => (text === '' ? undefined : text)

const runFields: ReadonlyMap<string, FieldReader> = new Map<string, FieldReader>([
  ['name', (run) => run.runId],
  ['displayName', (run) => run.displayName],
  ['display_name', (run) => run.displayName],
  ['state', (run) => run.state],
  ['createdAt', (run) => iso(run.createdAtMs)],
  ['created_at', (run) => iso(run.createdAtMs)],
  ['heartbeatAt', (run) => iso(run.heartbeatAtMs)],
  ['heartbeat_at', (run) => iso(run.heartbeatAtMs)],
  ['updatedAt', (run) => iso(run.updatedAtMs)],
  ['duration', runtimeSeconds],
  ['group', (run) => orMissing(run.group)],
  ['jobType', (run) => orMissing(run.jobType)],
  ['host', (run) => orMissing(run.host)],
  ['username', (run) => orMissing(run.username)],
  ['entity', (run) => run.entity],
  ['sweep', (run) => orMissing(run.sweepId)],
  ['tags', (run) => run.tags],
])

function configField(run: RunRow, path: readonly string[]): JsonValue | undefined {
  const { config } = runValues(run)
  const withoutWrapper = path[1] === 'value' ? [path[0]!, ...path.slice(2)] : path
  return valueAt(config, path) ?? valueAt(config, withoutWrapper)
}
