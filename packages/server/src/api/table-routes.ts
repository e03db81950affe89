import type {
  TableColumnsResponse,
  TablePlace,
  TableResponse,
  TableRowsResponse,
  TableWindowResponse,
} from '@lossline/protocol'
import { Hono } from 'hono'
import { type TableReader, tableTextLengthMax } from '../domain/media/read-table.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { toDisposition } from '../http/send-blob.ts'
import { toByteStream } from '../http/to-byte-stream.ts'
import { parse, readJsonBody } from './parse-request.ts'
import * as schemas from './table-schemas.ts'

/** Filters and formulas of many columns, and twenty tables. */
const bodyBytesMax = 2 ** 18

/** Rows of tables. Shapes: `table-api.ts` of the protocol. */
export function createTableRoutes(tables: TableReader): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()

  app.post('/api/tables/rows', async (c) => {
    const request = parse(schemas.tableWindowRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    return c.json((await tables.rows(request, { signal: c.req.raw.signal })) satisfies TableWindowResponse)
  })

  app.post('/api/tables/columns', async (c) => {
    const request = parse(schemas.tableColumnsRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    return c.json((await tables.columns(request, c.req.raw.signal)) satisfies TableColumnsResponse)
  })

  app.get('/api/tables/export', async (c) => {
    const { selection, columns, format, name } = parse(schemas.tableExportQuery, c.req.query())
    const pieces = await tables.text(parse(schemas.tableSelection, parseText('selection', selection)), {
      format,
      columns: columns === undefined ? undefined : parse(schemas.columnNames, parseText('columns', columns)),
      signal: c.req.raw.signal,
    })
    return c.body(toByteStream(pieces), 200, {
      'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
      'Content-Disposition': toDisposition(`${name}.${format}`),
    })
  })

  app.get('/api/runs/:entity/:project/:runId/table', async (c) => {
    const { key, step, ...query } = parse(schemas.tableQuery, c.req.query())
    const place = { kind: 'run', ...c.req.param(), key, ...(step === undefined ? {} : { step }) } as const
    const { steps, ...rows } = await tables.rows(toRequest(place, query), { signal: c.req.raw.signal, isWhole: true })
    return c.json({ key, step: steps[0] ?? 0, ...toPlainRows(rows) } satisfies TableResponse)
  })

  app.get('/api/artifacts/:id{\\d{1,15}}/table', async (c) => {
    const { path, ...query } = parse(schemas.artifactTableQuery, c.req.query())
    const place = { kind: 'version', artifactId: Number(c.req.param('id')), path } as const
    return c.json(toPlainRows(await tables.rows(toRequest(place, query), { signal: c.req.raw.signal, isWhole: true })))
  })
  return app
}

/** A page of rows of one table; texts are whole, and all rows are waited for. */
function toRequest(place: TablePlace, { sort, descending, ...query }: schemas.RowsQuery) {
  const by = sort === undefined ? [] : [{ column: sort, isDescending: descending }]
  return { tables: [place], sort: by, ...query, textLengthMax: tableTextLengthMax }
}

function toPlainRows({ columns, rowCount, loggedRowCount, rows }: TableRowsResponse): TableRowsResponse {
  return { columns, rowCount, loggedRowCount, rows }
}

function parseText(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ServerError({ code: 'invalid-request', message: `"${name}" is not JSON.`, cause })
  }
}
