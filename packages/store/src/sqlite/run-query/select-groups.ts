import { sql } from 'kysely'
import type { NumberSummary, RunGroupPage, RunGroupPath, RunGroupQuery, RunGroupRow } from '../../runs/run-selection.ts'
import type { Connection } from '../connection.ts'
import { compileSql } from '../queries.ts'
import { fromBooleanCell } from '../values/cells.ts'
import { fromWholeText, wholeText } from '../whole-text.ts'
import type { Expression, RunContext } from './run-context.ts'
import { toOrderValue } from './run-places.ts'
import { findProjectId, matchingRuns, toContext } from './select-runs.ts'

type StoredValue = null | number | string | Uint8Array
type GroupRecord = { readonly [column: string]: StoredValue }

/** Deviations are summed up after the mean is known: sums of squares lose their digits where means are large. */
export function listRunGroups(connection: Connection, query: RunGroupQuery): RunGroupPage {
  const projectId = findProjectId(connection, query)
  if (projectId === undefined) return { groups: [], total: 0 }
  const context = toContext(connection, projectId, query)
  const group = query.by.map((_, index) => sql.ref(`g${index}`))
  const values = query.by.map((path, index) => sql`${groupValue(path, context)} AS ${group[index]}`)
  const numbers = query.columns.map(
    (path, index) => sql`${numberOf(toOrderValue(path, context))} AS ${sql.ref(`c${index}`)}`,
  )
  const groups = sql.join(group)
  const means = query.columns.map(
    (_, index) => sql`avg(${sql.ref(`c${index}`)}) OVER (PARTITION BY ${groups}) AS ${sql.ref(`m${index}`)}`,
  )
  const chosen = sql`SELECT ${sql.join([...values, ...numbers])} ${matchingRuns(query, projectId, context)}`
  const { sql: text, parameters } = compileSql(sql`
    SELECT ${sql.join([...group.flatMap(readGroupValue), sql`count(*) AS n`, ...query.columns.flatMap(summarise)])},
      count(*) OVER () AS total
    FROM (SELECT ${sql.join([sql`*`, ...means])} FROM (${chosen})) GROUP BY ${groups}
    ORDER BY ${sql.join(group.map((value) => sql`${value} NULLS LAST`))}
    LIMIT ${query.limit ?? 200} OFFSET ${query.offset ?? 0}`)
  const found = connection.allOnce<GroupRecord>(text, ...parameters)
  const total = found.length > 0 ? Number(found[0]!.total) : countGroups(connection, chosen, groups, query.offset)
  return { groups: found.map((record) => toGroup(record, query)), total }
}

function groupValue(path: RunGroupPath, context: RunContext): Expression {
  switch (path.kind) {
    case 'tags':
      return sql`nullif(run.tags, '[]')`
    case 'notes':
      return sql`nullif(run.notes, '')`
    default:
      return toOrderValue(path, context)
  }
}

/** A page behind the last group tells of no group how many there are. */
function countGroups(connection: Connection, chosen: Expression, groups: Expression, offset = 0): number {
  if (offset === 0) return 0
  const { sql: text, parameters } = compileSql(
    sql`SELECT count(*) AS n FROM (SELECT 1 FROM (${chosen}) GROUP BY ${groups})`,
  )
  return connection.allOnce<{ n: number }>(text, ...parameters)[0]!.n
}

/** As REAL: integers beyond 2^53 only come out of SQLite exactly as texts, and are summed up with the rest. */
function numberOf(value: Expression): Expression {
  return sql`CASE WHEN typeof(${value}) IN ('real', 'integer') THEN CAST(${value} AS REAL) END`
}

function readGroupValue(value: Expression, index: number): Expression[] {
  return [
    sql`typeof(${value}) AS ${sql.ref(`t${index}`)}`,
    sql`iif(typeof(${value}) = 'integer', CAST(${value} AS TEXT), ${wholeText(value)}) AS ${sql.ref(`v${index}`)}`,
  ]
}

function summarise(_path: unknown, index: number): Expression[] {
  const [column, mean] = [sql.ref(`c${index}`), sql.ref(`m${index}`)]
  return [
    sql`count(${column}) AS ${sql.ref(`count${index}`)}`,
    sql`max(${mean}) AS ${sql.ref(`mean${index}`)}`,
    sql`sum((${column} - ${mean}) * (${column} - ${mean})) AS ${sql.ref(`squares${index}`)}`,
    sql`min(${column}) AS ${sql.ref(`min${index}`)}`,
    sql`max(${column}) AS ${sql.ref(`max${index}`)}`,
  ]
}

function toGroup(record: GroupRecord, { by, columns }: RunGroupQuery): RunGroupRow {
  return {
    values: by.map((_, index) => toGroupValue(record[`t${index}`], record[`v${index}`] ?? null)),
    runCount: Number(record.n),
    columns: columns.map((_, index) => toNumberSummary(record, index)),
  }
}

function toGroupValue(type: StoredValue | undefined, value: StoredValue): RunGroupRow['values'][number] {
  if (value === null) return undefined
  if (type === 'integer') return BigInt(String(value))
  if (!(value instanceof Uint8Array)) return value
  return type === 'text' ? fromWholeText(value) : fromBooleanCell(value)
}

function toNumberSummary(record: GroupRecord, index: number): NumberSummary {
  const figure = (name: string): number => {
    const value = record[`${name}${index}`]
    return typeof value === 'number' ? value : Number.NaN
  }
  const count = Number(record[`count${index}`])
  return {
    count,
    mean: figure('mean'),
    standardDeviation: Math.sqrt(figure('squares') / (count - 1)),
    min: figure('min'),
    max: figure('max'),
  }
}
