import type { JsonObject, TableResponse, TableRow, TableRowsResponse } from '@lossline/protocol'
import type { RunRow } from '@lossline/store'
import { ServerError } from '../../errors.ts'
import { findMedia } from './media-keys.ts'
import type { MediaServices } from './media-services.ts'
import { createParsedTables, type ParsedTables } from './parsed-tables.ts'
import { createTableCells } from './table-cells.ts'
import { orderRows } from './table-order.ts'
import { concatRows, type TableRows } from './table-rows.ts'

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

  const orderOf = (rows: TableRows, query: RowsQuery): Uint32Array | undefined => {
    const id = JSON.stringify([rows.id, query.sort, query.isDescending, query.search])
    const order = orders.has(id) ? orders.get(id) : orderRows(rows, query)
    orders.delete(id)
    orders.set(id, order)
    const oldest = orders.keys().next()
    if (orders.size > rememberedOrderCount && !oldest.done) orders.delete(oldest.value)
    return order
  }

  const readPage = (rows: TableRows, run: RunRow | undefined, query: RowsQuery): TableRowsResponse => {
    const toCell = createTableCells(services, run)
    const order = orderOf(rows, query)
    const rowCount = order?.length ?? rows.count
    const end = Math.min(rowCount, query.offset + query.limit)
    const page: TableRow[] = []
    for (let at = query.offset; at < end; at += 1) {
      const index = order?.[at] ?? at
      const cells = rows.cells(index).map((cell, column) => toCell(cell, rows.source(index, column)))
      page.push({ index, cells })
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
      const page = readPage(await readRows(tables, run, json), run, query)
      const loggedRowCount = Math.max(typeof json.nrows === 'number' ? json.nrows : 0, page.loggedRowCount)
      return { key: query.key, step: found.step, ...page, loggedRowCount }
    },
    async ofArtifact(at, query) {
      const rows = await tables.ofArtifact(at)
      if (rows !== undefined) return readPage(rows, undefined, query)
      throw new ServerError({ code: 'not-found', message: `The version has no file "${at.path}".` })
    },
  }
}

/** The table of a value: what its artifact holds, increments after each other; else the copy in the run's files. */
async function readRows(tables: ParsedTables, run: RunRow, json: JsonObject): Promise<TableRows> {
  const earlier = Array.isArray(json.previous_increments_paths) ? json.previous_increments_paths : []
  const uris = [...earlier, json.artifact_path].filter((uri) => typeof uri === 'string')
  const [first, ...rest] = (await Promise.all(uris.map((uri) => tables.ofUri(uri)))).filter(
    (part) => part !== undefined,
  )
  const found = first && concatRows([first, ...rest])
  if (found !== undefined && rest.length + 1 === uris.length) return found
  const copy = typeof json.path === 'string' ? await tables.ofRun(run, json.path) : undefined
  if (copy !== undefined) return copy
  if (found !== undefined) return found
  throw new ServerError({
    code: 'not-found',
    message: 'The content of this table is not here.',
    hint: 'It comes when its upload is complete; or its artifact was deleted.',
  })
}
