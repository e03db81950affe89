import type {
  TableColumnsRequest,
  TableColumnsResponse,
  TableExportFormat,
  TablePlace,
  TableSelection,
  TableWindowRequest,
  TableWindowResponse,
} from '@lossline/protocol'
import type { RunAddress, RunRow } from '@lossline/store'
import { ServerError } from '../../errors.ts'
import { TableError } from '../tables/table-error.ts'
import type { TableAnswer, TableQuestion, TableRequest } from '../tables/table-request.ts'
import type { TableThread } from '../tables/table-thread.ts'
import { earlierTables, findMedia } from './media-keys.ts'
import type { MediaServices } from './media-services.ts'
import { createTableCells, toSummary } from './table-cells.ts'
import { combine, createTableSources, type TableSource } from './table-sources.ts'

/**
 * Answers questions about tables. @throws {@link ServerError} `not-found`; `request-too-large`; `invalid-request`: no table, or a
 * question that does not fit it.
 */
export interface TableReader {
  /** @param options.isWhole - Waits for the whole file. Default: the first rows are given while it is read. */
  rows(
    request: TableWindowRequest,
    options: { readonly signal: AbortSignal; readonly isWhole?: boolean },
  ): Promise<TableWindowResponse>
  columns(request: TableColumnsRequest, signal: AbortSignal): Promise<TableColumnsResponse>
  /** All rows, a piece of text after the other. */
  text(selection: TableSelection, options: TableTextOptions): Promise<AsyncGenerator<string>>
}

/** How rows are written. */
export interface TableTextOptions {
  readonly format: TableExportFormat
  /** Names; undefined: all. */
  readonly columns: readonly string[] | undefined
  readonly signal: AbortSignal
}

/** What reading tables works with. */
export interface TableReaderServices {
  readonly media: MediaServices
  readonly thread: TableThread
  /** @throws {@link ServerError} `not-found`. */
  readonly existingRun: (at: RunAddress) => Promise<RunRow>
}

const rowsAtATime = 2000
const textLengthDefault = 500
/** As long as a text in a row may be asked for. */
export const tableTextLengthMax: number = 2 ** 24
const binCountDefault = 24

/** A table that was found. */
interface FoundTable extends TableSource {
  readonly step: number | null
  /** Rows that were logged, where the value says so; the files may hold fewer. */
  readonly loggedRowCount: number
}

/** Makes a reader over what the services show. */
export function createTableReader({ media, thread, existingRun }: TableReaderServices): TableReader {
  const sources = createTableSources(media)

  const find = async (place: TablePlace): Promise<FoundTable> => {
    if (place.kind === 'version') {
      const found = await sources.ofArtifact({ artifact: place.artifactId, path: place.path })
      if (found !== undefined) return { ...found, step: null, loggedRowCount: 0 }
      throw new ServerError({ code: 'not-found', message: `The version has no file "${place.path}".` })
    }
    const run = await existingRun(place)
    if (place.kind === 'run-file') {
      const found = await sources.ofRunFile(run, place.name)
      if (found !== undefined) return { ...found, step: null, loggedRowCount: 0 }
      throw new ServerError({ code: 'not-found', message: `The run has no file "${place.name}".` })
    }
    const value = await findMedia(media.store, run, place.key, place.step)
    if (value?.media.kind !== 'table') {
      throw new ServerError({ code: 'not-found', message: `The run has no table "${place.key}".` })
    }
    const { json } = value.media
    const loggedRowCount = typeof json.nrows === 'number' ? json.nrows : 0
    // Each increment has a copy of its own rows, which only the value of its step names.
    const isIncremental = Array.isArray(json.previous_increments_paths) && json.previous_increments_paths.length > 0
    const earlier = isIncremental ? await earlierTables(media.store, run, place.key, value.step) : []
    return { ...(await sources.ofValue(run, json, earlier)), step: value.step, loggedRowCount }
  }

  const open = async (selection: TableSelection) => {
    const found = await Promise.all(selection.tables.map(find))
    return { found, source: toOne(found, selection), question: toQuestion(selection) }
  }

  const ask = async <Request extends TableRequest>(
    request: Request,
    source: TableSource,
    signal: AbortSignal,
  ): Promise<TableAnswer<Request>> => {
    try {
      return await thread.ask(request, source.files, signal)
    } catch (error) {
      throw error instanceof TableError ? toServerError(error) : error
    }
  }

  return {
    async rows(request, { signal, isWhole = false }) {
      const { offset = 0, limit = 100, textLengthMax = textLengthDefault } = request
      const { found, source, question } = await open(request)
      const answer = await ask(
        {
          kind: 'window',
          question: { ...question, tree: source.tree },
          offset,
          limit,
          textLengthMax,
          mayBePart: !isWhole,
        },
        source,
        signal,
      )
      const { columns, rowCount, tableRowCount, isComplete } = answer
      const toCell = createTableCells(media.urls, source.places)
      const logged = found.reduce((sum, one) => sum + one.loggedRowCount, 0)
      return {
        columns: columns.map(({ leaves: _, types: __, ...column }) => column),
        rowCount,
        tableRowCount,
        loggedRowCount: request.combine === undefined ? Math.max(logged, tableRowCount) : tableRowCount,
        isComplete,
        steps: found.map(({ step }) => step),
        rows: answer.rows.map(({ cells, ...row }) => ({
          ...row,
          cells: cells.map((cell, index) => toCell(cell, columns[index]!)),
        })),
      }
    },
    async columns(request, signal) {
      const { columns, binCount = binCountDefault } = request
      const { source, question } = await open(request)
      const asked = { kind: 'description', question: { ...question, tree: source.tree }, columns, binCount } as const
      const answer = await ask(asked, source, signal)
      return {
        rowCount: answer.rowCount,
        columns: answer.columns.map(({ name, changes, ...summary }) => ({
          name,
          ...toSummary(summary),
          ...(changes && { changes }),
        })),
      }
    },
    async text(selection, { format, columns, signal }) {
      const { source, question } = await open(selection)
      const read = (offset: number) =>
        ask(
          { kind: 'text', question: { ...question, tree: source.tree }, format, columns, offset, limit: rowsAtATime },
          source,
          signal,
        )
      // The first piece is awaited, so that what cannot be read is said instead of an empty file.
      const first = await read(0)
      return (async function* () {
        yield first.text
        for (let offset = rowsAtATime; offset < first.rowCount; offset += rowsAtATime) yield (await read(offset)).text
      })()
    },
  }
}

function toOne(found: readonly FoundTable[], { combine: how }: TableSelection): TableSource {
  const [first] = found
  if (found.length === 1 || how === undefined) {
    if (found.length === 1 && first !== undefined) return first
    throw new ServerError({ code: 'invalid-request', message: 'Several tables need "combine".' })
  }
  const of = found.map(({ tree }) => tree)
  if (how.kind === 'compare') return combine({ kind: 'compare', of, key: how.key }, found)
  return combine({ kind: 'concat', of, mode: 'union', labels: { column: how.column, values: how.labels } }, found)
}

function toQuestion(selection: TableSelection): Omit<TableQuestion, 'tree'> {
  const { computed = [], filter = '', search = '', isChangedOnly = false, sort = [], group = [] } = selection
  return { computed, filter, search, isChangedOnly, sort, group }
}

function toServerError({ reason, message, hint }: TableError): ServerError {
  const codes = {
    invalid: 'invalid-request',
    'too-large': 'request-too-large',
    gone: 'not-found',
    cancelled: 'internal',
  } as const
  return new ServerError({ code: codes[reason], message, ...(hint === undefined ? {} : { hint }) })
}
