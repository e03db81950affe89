import { sql } from 'kysely'
import { type PresumedState, type RunFilterField, runtimeSecondsMax } from '../../runs/run-selection.ts'
import type { FindKeys } from '../values/find-keys.ts'
import { sourceIds } from '../values/value-index.ts'
import type { Expression, RunContext } from './run-context.ts'

/** What a field's value is in SQL; NULL where a run has none. */
export interface FieldColumn {
  readonly holds: 'text' | 'number'
  readonly value: Expression
}

export function toFieldColumn(field: RunFilterField, context: RunContext): FieldColumn {
  switch (field) {
    case 'state':
      return { holds: 'text', value: presumedState(context.presumed) }
    case 'entity':
      return { holds: 'text', value: sql`${context.entity}` }
    case 'runtimeSeconds':
      return { holds: 'number', value: runtime(context.keys) }
    case 'createdAtMs':
    case 'heartbeatAtMs':
    case 'updatedAtMs':
      return { holds: 'number', value: columns[field] }
    default:
      return { holds: 'text', value: columns[field] }
  }
}

// All of index run_by_number: the table's rows hold the trees and take long to walk through.
const columns = {
  runId: sql`run.run_id`,
  displayName: sql`run.display_name`,
  group: sql`nullif(run.run_group, '')`,
  jobType: sql`nullif(run.job_type, '')`,
  host: sql`nullif(run.host, '')`,
  username: sql`nullif(run.username, '')`,
  sweepId: sql`nullif(run.sweep_id, '')`,
  createdAtMs: sql`run.created_at_ms`,
  heartbeatAtMs: sql`run.heartbeat_at_ms`,
  updatedAtMs: sql`run.updated_at_ms`,
} as const

function presumedState(presumed: readonly PresumedState[]): Expression {
  if (presumed.length === 0) return sql`run.state`
  const cases = presumed.map(
    ({ from, to, heartbeatBeforeMs, exceptIds = [] }) =>
      sql`WHEN run.state = ${from} AND run.heartbeat_at_ms < ${heartbeatBeforeMs}${except(exceptIds)} THEN ${to}`,
  )
  return sql`CASE ${sql.join(cases, sql` `)} ELSE run.state END`
}

/** One value for all: there is a limit to how many a statement takes. */
function except(ids: readonly number[]): Expression {
  return ids.length === 0 ? sql`` : sql` AND run.id NOT IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`
}

function runtime(keys: FindKeys): Expression {
  const silent = sql`max(0.0, run.heartbeat_at_ms - run.created_at_ms) / 1000`
  const counters = [keys.exact('_runtime'), keys.exact('_wandb.runtime')].filter((key) => key !== undefined)
  if (counters.length === 0) return silent
  // Numbers are real, but for integers beyond 2^53, and so many seconds count nothing that runs.
  return sql`coalesce(
    (SELECT max(v.value) FROM run_value AS v
     WHERE v.source = ${sourceIds.summary} AND v.run = run.id AND v.key IN (${sql.join(counters)})
       AND typeof(v.value) = 'real' AND abs(v.value) < ${runtimeSecondsMax}),
    ${silent})`
}
