import type {
  JsonObject,
  ParsedTable,
  TableColumnInfo,
  TableResponse,
  TableRow,
  TableRowsResponse,
} from '@lossline/protocol'
import type { RunRow } from '@lossline/store'
import { ServerError } from '../../errors.ts'
import { findMedia } from './media-keys.ts'
import type { MediaServices } from './media-services.ts'
import { createParsedTables, type ParsedTables, type TablePart } from './parsed-tables.ts'
import { createTableCells, toTypeName } from './table-cells.ts'
import { orderRows } from './table-order.ts'

/** Which rows of a table. */
export interface RowsQuery {
  readonly offset: number
  readonly limit: number
  readonly sort?: string | undefined
  readonly isDescending: boolean
  readonly search: string
}

/** Which table of a run. */
export interface TableQuery extends RowsQuery {
  readonly key: string
  readonly step?: number | undefined
}

/** Reads pages of tables. @throws {@link ServerError} `not-found`; `request-too-large`, `invalid-request`: none to be read. */
export interface TableReader {
  /** Of a table that a run has logged. */
  ofRun(run: RunRow, query: TableQuery): Promise<TableResponse>
  /** Of a file of a version. */
  ofArtifact(at: { readonly artifact: number; readonly path: string }, query: RowsQuery): Promise<TableRowsResponse>
}

/** How many orders of rows are remembered, so that scrolling does not sort again. */
const rememberedOrderCount = 16

export function createTableReader(services: MediaServices): TableReader {
  const tables = createParsedTables(services)
  const orders = new Map<string, Uint32Array | undefined>()

  const orderOf = (parts: readonly TablePart[], rows: JoinedRows, query: RowsQuery): Uint32Array | undefined => {
    const id = JSON.stringify([parts.map((part) => part.id), query.sort, query.isDescending, query.search])
    const order = orders.has(id) ? orders.get(id) : orderRows(rows, query)
    orders.delete(id)
    orders.set(id, order)
    const oldest = orders.keys().next()
    if (orders.size > rememberedOrderCount && !oldest.done) orders.delete(oldest.value)
    return order
  }

  const readPage = (parts: readonly TablePart[], run: RunRow | undefined, query: RowsQuery): TableRowsResponse => {
    const rows = joinRows(parts)
    const toCell = createTableCells(services, run)
    const order = orderOf(parts, rows, query)
    const rowCount = order?.length ?? rows.count
    const end = Math.min(rowCount, query.offset + query.limit)
    const page: TableRow[] = []
    for (let at = query.offset; at < end; at += 1) {
      const index = order?.[at] ?? at
      const { part, cells } = rows.at(index)
      page.push({ index, cells: cells.map((cell, column) => toCell(cell, part, rows.columns[column]!.name)) })
    }
    return { columns: rows.columns, rowCount, loggedRowCount: rows.count, rows: page }
  }

  return {
    async ofRun(run, query) {
      const found = await findMedia(services.store, run, query.key, query.step)
      if (found?.media.kind !== 'table') {
        throw new ServerError({ code: 'not-found', message: `The run has no table "${query.key}".` })
      }
      const { json } = found.media
      const page = readPage(await readParts(tables, run, json), run, query)
      const loggedRowCount = Math.max(typeof json.nrows === 'number' ? json.nrows : 0, page.loggedRowCount)
      return { key: query.key, step: found.step, ...page, loggedRowCount }
    },
    async ofArtifact(at, query) {
      const part = await tables.ofArtifact(at)
      if (part !== undefined) return readPage([part], undefined, query)
      throw new ServerError({ code: 'not-found', message: `The version has no file "${at.path}".` })
    },
  }
}

/** The table of a value: what its artifact holds, increments after each other; else the copy in the run's files. */
async function readParts(tables: ParsedTables, run: RunRow, json: JsonObject): Promise<readonly TablePart[]> {
  const earlier = Array.isArray(json.previous_increments_paths) ? json.previous_increments_paths : []
  const uris = [...earlier, json.artifact_path].filter((uri) => typeof uri === 'string')
  const parts = (await Promise.all(uris.map((uri) => tables.ofUri(uri)))).filter((part) => part !== undefined)
  if (parts.length > 0 && parts.length === uris.length) return parts
  const copy = typeof json.path === 'string' ? await tables.ofRun(run, json.path) : undefined
  if (copy !== undefined) return [copy]
  if (parts.length > 0) return parts
  throw new ServerError({
    code: 'not-found',
    message: 'The content of this table is not here.',
    hint: 'It comes when its upload is complete; or its artifact was deleted.',
  })
}

/** Rows of tables one after the other. */
export interface JoinedRows {
  readonly columns: readonly TableColumnInfo[]
  readonly count: number
  at(index: number): { readonly part: TablePart; readonly cells: ParsedTable['rows'][number] }
}

function joinRows(parts: readonly TablePart[]): JoinedRows {
  const [first] = parts
  const { columns: names, types } = first!.table
  // Columns cannot be added between increments; another table in their place is not mixed in.
  const same = parts.filter(({ table }) => table.columns.length === names.length)
  return {
    columns: names.map((name) => ({ name, type: toTypeName(types?.get(name)) })),
    count: same.reduce((sum, { table }) => sum + table.rows.length, 0),
    at(index) {
      let rest = index
      for (const part of same) {
        const cells = part.table.rows[rest]
        if (cells !== undefined) return { part, cells }
        rest -= part.table.rows.length
      }
      throw new RangeError(`There is no row ${index}.`)
    },
  }
}
