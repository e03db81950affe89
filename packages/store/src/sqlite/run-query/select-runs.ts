import { sql } from 'kysely'
import type { RunNeighboursQuery, RunOrder, RunPosition, RunQuery, RunSelection } from '../../runs/run-selection.ts'
import type { RunNeighbours, RunPage, RunRow } from '../../store.ts'
import type { Connection } from '../connection.ts'
import { type CompiledQuery, compileSql, containsFunction } from '../queries.ts'
import { fromRunRecord, type RunRecord, selectRun } from '../run-records.ts'
import { fromBooleanCell, toCell } from '../values/cells.ts'
import { createFindKeys } from '../values/find-keys.ts'
import { fromWholeText, wholeText } from '../whole-text.ts'
import { compilePredicate } from './compile-predicate.ts'
import type { Expression, RunContext } from './run-context.ts'
import { toOrderValue, toPlace } from './run-places.ts'

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

export function findRunNeighbours(
  connection: Connection,
  { run, ...query }: RunNeighboursQuery,
): RunNeighbours | undefined {
  const projectId = findProjectId(connection, query)
  if (projectId === undefined) return undefined
  // Without a limit, in SQLite's words. Of the runs only these two are read.
  const ids = readPlaces(connection, pageOf(connection, projectId, { ...query, limit: -1 })).map(({ id }) => id)
  const index = ids.indexOf(run)
  if (index < 0) return undefined
  const [previous, next] = [ids[index - 1], ids[index + 1]].map((id) =>
    id === undefined ? undefined : readRuns(connection, [id])[0],
  )
  return { index, total: ids.length, previous, next }
}

export function countRuns(connection: Connection, selection: RunSelection): number {
  const projectId = findProjectId(connection, selection)
  if (projectId === undefined) return 0
  const matching = matchingRuns(selection, projectId, toContext(connection, projectId, selection))
  const { sql: text, parameters } = compileSql(sql`SELECT count(*) AS count ${matching}`)
  return connection.allOnce<{ count: number }>(text, ...parameters)[0]!.count
}

export function findProjectId(connection: Connection, { entity, project }: RunSelection): number | undefined {
  return connection.get<{ id: number }>('SELECT id FROM project WHERE entity = ? AND name = ?', entity, project)?.id
}

export function toContext(connection: Connection, projectId: number, { entity, presumed }: RunSelection): RunContext {
  return { keys: createFindKeys(connection, projectId), projectId, entity, presumed: presumed ?? [] }
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
  const orders = [query.order, ...(query.thenBy ?? [])]
  const places = orders.map(({ by }, index) => sql`${toOrderValue(by, context)} AS ${sql.ref(placeName(index))}`)
  const terms = orders.map(
    ({ isDescending }, index) => sql`${sql.ref(placeName(index))} ${directionOf(isDescending)} NULLS LAST`,
  )
  const behind = query.after === undefined ? sql`` : sql`WHERE ${isBehind(query.after, query.order)}`
  // An integer beyond 2^53 only comes out of SQLite exactly as a text.
  return compileSql(sql`
    SELECT id, typeof(place) AS type,
      iif(typeof(place) = 'integer', CAST(place AS TEXT), ${wholeText(sql`place`)}) AS value
    FROM (SELECT run.id AS id, ${sql.join(places)} ${matching})
    ${behind} ORDER BY ${sql.join(terms)}, id ${directionOf(orders.at(-1)!.isDescending)} ${limit}`)
}

function placeName(index: number): string {
  return index === 0 ? 'place' : `place${index}`
}

function directionOf(isDescending: boolean): Expression {
  return isDescending ? sql`DESC` : sql`ASC`
}

export function matchingRuns(selection: RunSelection, projectId: number, context: RunContext): Expression {
  const { search, filter } = selection
  const conditions = [
    sql`run.project_id = ${projectId}`,
    ...(filter === undefined ? [] : [compilePredicate(filter, context)]),
    ...(search ? [toPlace({ kind: 'texts' }, context).some((text) => containsText(text, search))] : []),
  ]
  // The index holds all fields that filters know. Left to itself, SQLite may prefer one that leads to the rows of the table.
  return sql`FROM run INDEXED BY run_by_number WHERE ${sql.join(conditions, sql` AND `)}`
}

function containsText(text: Expression, search: string): Expression {
  return sql`${sql.raw(containsFunction)}(${text}, ${search})`
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
