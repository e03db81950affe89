import type {
  TableColumnsRequest,
  TableColumnsResponse,
  TableExportFormat,
  TableHistogram,
  TableResponse,
  TableRowsResponse,
  TableSelection,
  TableWindowRequest,
  TableWindowResponse,
} from '@lossline/protocol'
import { z } from 'zod'
import { tableTextLengthMax } from '../domain/media/read-table.ts'
import { strictJson } from './json-schemas.ts'
import { fileCell, imageCell, shownImage } from './media-schemas.ts'

/** Shapes of tables; see `table-api.ts` of the protocol. */

/** What a page of rows of one table asks for. */
export interface RowsQuery {
  readonly offset: number
  readonly limit: number
  readonly sort?: string
  readonly descending: boolean
  readonly search: string
}
const key = z.string().min(1).describe('Labels joined with ".", a literal dot written "\\."')
const rowsQuery = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  sort: z.string().exactOptional().describe('A column'),
  descending: z.stringbool().default(false),
  search: z.string().default('').describe('Only rows with this text in a cell, any case'),
}
export const tableQuery: z.ZodType<RowsQuery & { readonly key: string; readonly step?: number }> = z.object({
  key,
  step: z.coerce.number().int().exactOptional().describe('The table at this step, else before it. Default: newest'),
  ...rowsQuery,
})
export const artifactTableQuery: z.ZodType<RowsQuery & { readonly path: string }> = z.object({
  path: z.string().min(1),
  ...rowsQuery,
})

const place = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('run'),
    entity: z.string(),
    project: z.string(),
    runId: z.string(),
    key,
    step: z.number().int().exactOptional().describe('The table at this step, else before it. Default: newest'),
  }),
  z.strictObject({
    kind: z.literal('run-file'),
    entity: z.string(),
    project: z.string(),
    runId: z.string(),
    name: z.string().min(1).max(4096),
  }),
  z.strictObject({
    kind: z.literal('version'),
    artifactId: z.number().int().min(0),
    path: z.string().min(1).max(4096),
  }),
])
const combine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('concat').describe('Behind each other'),
    column: z.string().describe('Says of which table a row is'),
    labels: z.array(z.string()).max(20),
  }),
  z.strictObject({ kind: z.literal('compare').describe('Side by side'), key: z.string() }),
])
const columnName = z.string().max(2000)
/** Names of columns. */
export const columnNames: z.ZodType<readonly string[]> = z.array(columnName).max(10_000)

const selection = {
  tables: z.array(place).min(1).max(20),
  combine: combine.exactOptional(),
  computed: z
    .array(z.strictObject({ name: columnName.min(1), expression: z.string().max(2000) }))
    .max(20)
    .exactOptional(),
  filter: z.string().max(20_000).exactOptional().describe('Such as score > 0.5 and label in [cat, dog]'),
  search: z.string().max(2000).exactOptional().describe('Only rows with this text in a cell, any case'),
  isChangedOnly: z.boolean().exactOptional().describe('Only rows in which tables side by side differ'),
  sort: z
    .array(z.strictObject({ column: columnName, isDescending: z.boolean() }))
    .max(10)
    .exactOptional(),
  group: z.array(columnName).max(10).exactOptional(),
}
export const tableSelection: z.ZodType<TableSelection> = z.strictObject(selection)
export const tableWindowRequest: z.ZodType<TableWindowRequest> = z.strictObject({
  ...selection,
  offset: z.number().int().min(0).exactOptional(),
  limit: z.number().int().min(1).max(1000).exactOptional(),
  textLengthMax: z.number().int().min(1).max(tableTextLengthMax).exactOptional().describe('Longer texts are cut'),
})
export const tableColumnsRequest: z.ZodType<TableColumnsRequest> = z.strictObject({
  ...selection,
  columns: columnNames.exactOptional(),
  binCount: z.number().int().min(2).max(100).exactOptional(),
})
export const tableExportQuery: z.ZodType<{
  readonly selection: string
  readonly columns?: string
  readonly format: TableExportFormat
  readonly name: string
}> = z.object({
  selection: z.string().describe('JSON as of /api/tables/rows, without offset and limit'),
  columns: z.string().exactOptional().describe('JSON of a list of names. Default: all'),
  format: z.enum(['csv', 'json']).default('csv'),
  name: z.string().min(1).max(200).default('table').describe('Of the file, without its ending'),
})

const histogram: z.ZodType<TableHistogram> = z.object({ edges: z.array(z.number()), counts: z.array(z.number()) })
const summary = {
  missingCount: z.number(),
  numbers: z
    .object({
      count: z.number(),
      nanCount: z.number(),
      infiniteCount: z.number(),
      min: z.number().nullable(),
      max: z.number().nullable(),
      mean: z.number().nullable(),
      sd: z.number().nullable(),
    })
    .exactOptional(),
  histogram: histogram.exactOptional(),
  values: z
    .object({
      distinctCount: z.number(),
      top: z.array(z.object({ text: z.string(), count: z.number(), image: shownImage.exactOptional() })),
    })
    .exactOptional(),
}
const tableRows = {
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      source: z.number().exactOptional(),
      base: z.string().exactOptional(),
    }),
  ),
  rowCount: z.number().describe('Rows, or groups, that match'),
  loggedRowCount: z.number(),
  rows: z.array(
    z.object({
      index: z.number(),
      count: z.number().exactOptional().describe('Rows of a group'),
      cells: z.array(
        z.union([
          z.null(),
          z.boolean(),
          z.number(),
          z.string(),
          z.object({ kind: z.literal('number'), text: z.string() }),
          z.object({ kind: z.literal('time'), timeMs: z.number() }),
          z.object({ kind: z.literal('json'), value: strictJson }),
          z.object({ kind: z.literal('cut'), text: z.string() }),
          z.object({ kind: z.literal('group'), ...summary }),
          imageCell,
          fileCell,
        ]),
      ),
    }),
  ),
}
export const tableResponse: z.ZodType<TableResponse> = z.object({ key, step: z.number(), ...tableRows })
export const tableRowsResponse: z.ZodType<TableRowsResponse> = z.object(tableRows)
export const tableWindowResponse: z.ZodType<TableWindowResponse> = z.object({
  ...tableRows,
  tableRowCount: z.number().describe('Rows before filters'),
  isComplete: z.boolean().describe('False while the file is still read'),
  steps: z.array(z.number().nullable()),
})
export const tableColumnsResponse: z.ZodType<TableColumnsResponse> = z.object({
  rowCount: z.number(),
  columns: z.array(
    z.object({
      name: z.string(),
      ...summary,
      changes: z.object({ count: z.number(), histogram: histogram.exactOptional() }).exactOptional(),
    }),
  ),
})
