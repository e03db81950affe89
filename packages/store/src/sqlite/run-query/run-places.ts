import { sql } from 'kysely'
import type { RunPath, RunValuePath } from '../../runs/run-selection.ts'
import { streamIds } from '../run-reader.ts'
import { orderEnd } from '../values/cells.ts'
import { sourceIds } from '../values/value-index.ts'
import type { Expression, RunContext } from './run-context.ts'
import { toFieldColumn } from './run-fields.ts'

/** What can be asked about a path. */
export interface Place {
  /** What its values are; other things are not to be compared with them, because SQLite would convert them. */
  readonly holds: 'text' | 'number' | 'any'
  readonly exists: Expression
  /** How many values there are; of most paths 0 or 1, as `exists` is. */
  readonly count: Expression
  /** Null or missing. */
  readonly isNull: Expression
  /** Whether a value passes a test, which may be NULL for no. */
  some(test: (value: Expression) => Expression): Expression
}

export function toPlace(path: RunPath, context: RunContext): Place {
  switch (path.kind) {
    case 'field': {
      const { holds, value } = toFieldColumn(path.field, context)
      return {
        holds,
        exists: sql`(${value} IS NOT NULL)`,
        count: sql`(${value} IS NOT NULL)`,
        isNull: sql`(${value} IS NULL)`,
        some: (test) => sql`(${value} IS NOT NULL AND ${test(value)})`,
      }
    }
    case 'tags':
      return {
        holds: 'text',
        exists: sql`(run.tags <> '[]')`,
        count: sql`json_array_length(run.tags)`,
        isNull: sql`(run.tags = '[]')`,
        some: (test) => anyRow(sql`FROM json_each(run.tags) AS t WHERE ${test(sql`t.value`)}`),
      }
    case 'texts':
      return toTextsPlace(context)
    case 'metric':
      return toMetricPlace(path.path, context)
    default:
      return toTreePlace(path, context)
  }
}

/** What a run is put in order by: a number, a text, a blob that is a boolean, or NULL. */
export function toOrderValue(path: RunValuePath, context: RunContext): Expression {
  if (path.kind === 'field') return toFieldColumn(path.field, context).value
  const rows = rowsOf(path, context)
  if (rows === undefined) return sql`NULL`
  return sql`(SELECT CASE WHEN v.value < ${sql.raw(orderEnd)} THEN v.value END ${rows})`
}

type TreePath = Exclude<RunValuePath, { readonly kind: 'field' }>

function toTreePlace(path: TreePath, context: RunContext): Place {
  const rows = rowsOf(path, context)
  if (rows === undefined) return nowhere
  return {
    holds: 'any',
    exists: anyRow(rows),
    count: anyRow(rows),
    isNull: sql`(NOT ${anyRow(sql`${rows} AND v.value IS NOT NULL`)})`,
    some: (test) => anyRow(sql`${rows} AND ${test(sql`v.value`)}`),
  }
}

/** The one row of `run_value` that a path means, if a run has it. Undefined: no run of the project has one. */
function rowsOf({ kind, path }: TreePath, { keys }: RunContext): Expression | undefined {
  const candidates = kind === 'config' ? keys.wrapped(path) : keys.plain(path)
  if (candidates.length === 0) return undefined
  const ofRun = (alias: string): Expression =>
    sql`${sql.ref(`${alias}.source`)} = ${sourceIds[kind]} AND ${sql.ref(`${alias}.run`)} = run.id`
  if (candidates.length === 1) return sql`FROM run_value AS v WHERE ${ofRun('v')} AND v.key = ${candidates[0]}`
  // Which of the keys a run has is different from run to run.
  const ranks = candidates.map((key, rank) => sql`WHEN ${key} THEN ${rank}`)
  const best = sql`SELECT w.key FROM run_value AS w WHERE ${ofRun('w')} AND w.key IN (${sql.join(candidates)})
    ORDER BY CASE w.key ${sql.join(ranks, sql` `)} END LIMIT 1`
  return sql`FROM run_value AS v WHERE ${ofRun('v')} AND v.key = (${best})`
}

function toMetricPlace(path: string, { keys }: RunContext): Place {
  // Every row has a step, which is not kept as a key.
  const exists =
    path === '_step'
      ? anyRow(sql`FROM run AS r WHERE r.id = run.id AND r.last_step IS NOT NULL`)
      : hasOneOf(keys.plain(path))
  return { ...nowhere, exists, count: exists, isNull: sql`(NOT ${exists})` }
}

function hasOneOf(keys: readonly number[]): Expression {
  if (keys.length === 0) return sql`0`
  return anyRow(
    sql`FROM run_key AS k WHERE k.run = run.id AND k.stream = ${streamIds.history} AND k.key IN (${sql.join(keys)})`,
  )
}

/**
 * Whether there is a row. The sign changes nothing but keeps SQLite from making a join of it, in which 3.51 counts a run for each
 * of its rows towards OFFSET.
 */
function anyRow(rows: Expression): Expression {
  return sql`(+EXISTS (SELECT 1 ${rows}))`
}

const nowhere: Place = { holds: 'any', exists: sql`0`, count: sql`0`, isNull: sql`1`, some: () => sql`0` }

/** Notes are long and few: they have an index of their own, so that no row of a run is read here either. */
function toTextsPlace({ projectId }: RunContext): Place {
  const hasNotes = (test: Expression): Expression => sql`(run.id IN (SELECT n.id FROM run AS n
    INDEXED BY run_by_notes WHERE n.project_id = ${projectId} AND n.notes <> '' AND ${test}))`
  return {
    holds: 'text',
    exists: sql`1`,
    count: sql`(2 + ${hasNotes(sql`1`)} + json_array_length(run.tags))`,
    isNull: sql`0`,
    some: (test) => sql`(${test(sql`run.display_name`)} OR ${test(sql`run.run_id`)} OR ${hasNotes(test(sql`n.notes`))}
      OR ${anyRow(sql`FROM json_each(run.tags) AS t WHERE ${test(sql`t.value`)}`)})`,
  }
}
