import { sql } from 'kysely'
import type { RunOrder, RunPosition, RunQuery, RunSelection } from '../../runs/run-selection.ts'
import type { RunPage, RunRow } from '../../store.ts'
import type { Connection } from '../connection.ts'
import { type CompiledQuery, compileSql, containsFunction } from '../queries.ts'
import { fromRunRecord, type RunRecord, selectRun } from '../run-records.ts'
import { fromBooleanCell, toCell } from '../values/cells.ts'
import { createFindKeys } from '../values/find-keys.ts'
import { fromWholeText, wholeText } from '../whole-text.ts'
import { compilePredicate } from './compile-predicate.ts'
import type { Expression, RunContext } from './run-context.ts'
import { toOrderValue } from './run-places.ts'

export function listRuns(connection: Connection, query: RunQuery): RunPage {
  const projectId = findProjectId(connection, query)
  if (projectId === undefined) return { runs: [], positions: [] }
  const places = readPlaces(connection, pageOf(connection, projectId, query))
  const runs = readRuns(
    connection,
    places.map(({ id }) => id),
  )
  return { runs, positions: places }
}

export function countRuns(connection: Connection, selection: RunSelection): number {
  const projectId = findProjectId(connection, selection)
  if (projectId === undefined) return 0
  const matching = matchingRuns(selection, projectId, toContext(connection, projectId, selection))
  const { sql: text, parameters } = compileSql(sql`SELECT count(*) AS count ${matching}`)
  return connection.allOnce<{ count: number }>(text, ...parameters)[0]!.count
}

function findProjectId(connection: Connection, { entity, project }: RunSelection): number | undefined {
  return connection.get<{ id: number }>('SELECT id FROM project WHERE entity = ? AND name = ?', entity, project)?.id
}

function toContext(connection: Connection, projectId: number, { entity, presumed }: RunSelection): RunContext {
  return { keys: createFindKeys(connection, projectId), entity, presumed: presumed ?? [] }
}

/** Ids of the page with what they are in order by. */
function pageOf(connection: Connection, projectId: number, query: RunQuery): CompiledQuery {
  const context = toContext(connection, projectId, query)
  const matching = matchingRuns(query, projectId, context)
  const limit = sql`LIMIT ${query.limit ?? 200} OFFSET ${query.offset ?? 0}`
  if (query.order === undefined) {
    const behind = query.after === undefined ? sql`` : sql`AND run.id < ${query.after.id}`
    return compileSql(
      sql`SELECT run.id AS id, 'null' AS type, NULL AS value ${matching} ${behind} ORDER BY run.number DESC ${limit}`,
    )
  }
  const { by, isDescending } = query.order
  const behind = query.after === undefined ? sql`` : sql`WHERE ${isBehind(query.after, query.order)}`
  const direction = isDescending ? sql`DESC` : sql`ASC`
  // An integer beyond 2^53 only comes out of SQLite exactly as a text.
  return compileSql(sql`
    SELECT id, typeof(place) AS type,
      iif(typeof(place) = 'integer', CAST(place AS TEXT), ${wholeText(sql`place`)}) AS value
    FROM (SELECT run.id AS id, ${toOrderValue(by, context)} AS place ${matching})
    ${behind} ORDER BY place ${direction} NULLS LAST, id ${direction} ${limit}`)
}

function matchingRuns(selection: RunSelection, projectId: number, context: RunContext): Expression {
  const { search, filter } = selection
  const conditions = [
    sql`run.project_id = ${projectId}`,
    ...(filter === undefined ? [] : [compilePredicate(filter, context)]),
    ...(search ? [containsText(search, projectId)] : []),
  ]
  // The index holds all fields that filters know. Left to itself, SQLite may prefer one that leads to the rows of the table.
  return sql`FROM run INDEXED BY run_by_number WHERE ${sql.join(conditions, sql` AND `)}`
}

/** Notes are long and few: they have an index of their own, so that no row of a run is read here either. */
function containsText(search: string, projectId: number): Expression {
  const contains = sql.raw(containsFunction)
  return sql`(${contains}(run.display_name, ${search}) OR ${contains}(run.run_id, ${search})
    OR run.id IN (SELECT n.id FROM run AS n INDEXED BY run_by_notes
      WHERE n.project_id = ${projectId} AND n.notes <> '' AND ${contains}(n.notes, ${search}))
    OR EXISTS (SELECT 1 FROM json_each(run.tags) AS s WHERE ${contains}(s.value, ${search})))`
}

function isBehind({ id, value }: RunPosition, { isDescending }: RunOrder): Expression {
  const sign = isDescending ? sql`<` : sql`>`
  if (value === undefined) return sql`(place IS NULL AND id ${sign} ${id})`
  const cell = toCell(value)
  return sql`(place ${sign} ${cell} OR (place = ${cell} AND id ${sign} ${id}) OR place IS NULL)`
}

function readPlaces(connection: Connection, page: CompiledQuery): RunPosition[] {
  interface Found {
    readonly id: number
    readonly type: string
    readonly value: null | number | string | Uint8Array
  }
  return connection.allOnce<Found>(page.sql, ...page.parameters).map(({ id, type, value }) => {
    if (value === null) return { id, value: undefined }
    if (type === 'integer') return { id, value: BigInt(String(value)) }
    if (!(value instanceof Uint8Array)) return { id, value }
    return { id, value: type === 'text' ? fromWholeText(value) : fromBooleanCell(value) }
  })
}

/** In the order of the ids. */
function readRuns(connection: Connection, ids: readonly number[]): RunRow[] {
  const records = connection.all<RunRecord>(
    `${selectRun} WHERE run.id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  )
  const byId = new Map(records.map((record) => [record.id, record]))
  return ids.map((id) => fromRunRecord(byId.get(id)!))
}
