import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '@lossline/protocol'
import { checkCount, checkLimit } from '../options/check-count.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { InvalidOptionError } from '../options/invalid-option-error.ts'
import { type RequestOptions, requestOptionNames } from './listing.ts'
import {
  eventsQuery,
  fullHistoryQuery,
  historyKeysQuery,
  historyPageQuery,
  sampledHistoryQuery,
} from './run-documents.ts'
import { listAt, maybeNumberAt, maybeObjectAt, restoreNumbers } from './wire-values.ts'

/** One row of a run: values by key, and `_step`, `_timestamp` and `_runtime` (seconds). Nested metrics stay nested. */
export type HistoryRow = JsonObject

/** Which rows {@link StoredRun.history} returns. */
export interface HistoryOptions extends RequestOptions {
  /** Most rows that are returned, spread evenly, with the first and the last. Default: 500. */
  readonly samples?: number | undefined
  /** Only rows that have all of these keys, and of them only these and the x axis. `.` leads into nested ones. */
  readonly keys?: readonly string[] | undefined
  /** Key that comes first in the rows when `keys` is given. Default: `_step`. */
  readonly xAxis?: string | undefined
  /** `system` for the system metrics. Default: `metrics`. */
  readonly stream?: 'metrics' | 'system' | undefined
}

const historyOptionNames: OptionNames<HistoryOptions> = {
  ...requestOptionNames,
  samples: true,
  keys: true,
  xAxis: true,
  stream: true,
}

/** Which rows {@link StoredRun.scanHistory} reads. */
export interface ScanHistoryOptions extends RequestOptions {
  /** Only rows that have all of these keys, and of them only these and `_step`. Default: whole rows. */
  readonly keys?: readonly string[] | undefined
  /** Rows a request, 1 to 10,000. Default: 1000. */
  readonly pageSize?: number | undefined
  /** First step. Default: 0. */
  readonly minStep?: number | undefined
  /** Step to stop before. Default: behind the last one that there is when the reading begins. */
  readonly maxStep?: number | undefined
}

/** @internal */
export const scanHistoryOptionNames: OptionNames<ScanHistoryOptions> = {
  ...requestOptionNames,
  keys: true,
  pageSize: true,
  minStep: true,
  maxStep: true,
}

/** All rows of a run, fetched in pages while they are read. Every reading starts anew. */
export interface HistoryScan extends AsyncIterable<HistoryRow> {
  /** All rows, or the first `limit` of them, as an array. */
  toArray(options?: { readonly limit?: number | undefined }): Promise<HistoryRow[]>
}

/** Asks one question about the run. Returns the members of `run`. */
export type AskAboutRun = (
  operationName: string,
  query: string,
  variables: JsonObject,
  options: RequestOptions,
) => Promise<JsonObject>

const defaultSampleCount = 500
const defaultPageSize = 1000
const pageSizeMax = 10_000

/** Reads an even selection of a run's rows. */
export async function sampleHistory(ask: AskAboutRun, options: HistoryOptions): Promise<HistoryRow[]> {
  checkOptions('history', options, historyOptionNames)
  const { samples = defaultSampleCount, keys, xAxis = '_step', stream = 'metrics' } = options
  checkCount('history', 'samples', samples, 1, 'For all rows take scanHistory().')
  if (stream === 'system') {
    const run = await ask('RunFullHistory', eventsQuery, { samples }, options)
    const rows = parseRows(run.events)
    return keys === undefined ? rows : rows.flatMap((row) => selectKeys(row, keys))
  }
  if (keys === undefined)
    return parseRows((await ask('RunFullHistory', fullHistoryQuery, { samples }, options)).history)
  return askSamples(ask, { keys: withFirst(xAxis, keys), samples }, options)
}

/** Makes a way to read all rows of a run in the order of their steps. */
export function scanHistory(ask: AskAboutRun, options: ScanHistoryOptions): HistoryScan {
  return {
    [Symbol.asyncIterator]: () => readRows(ask, options),
    async toArray({ limit = Number.POSITIVE_INFINITY } = {}) {
      const rows: HistoryRow[] = []
      checkLimit(limit)
      if (limit === 0) return rows
      for await (const row of readRows(ask, options)) {
        rows.push(row)
        if (rows.length >= limit) break
      }
      return rows
    },
  }
}

async function* readRows(ask: AskAboutRun, options: ScanHistoryOptions): AsyncGenerator<HistoryRow> {
  const { keys, pageSize = defaultPageSize, minStep = 0 } = options
  if (!Number.isSafeInteger(pageSize) || pageSize < 1 || pageSize > pageSizeMax) {
    throw new InvalidOptionError(
      'scanHistory',
      `pageSize is a whole number from 1 to ${pageSizeMax}, not ${pageSize}.`,
      'It is how many rows a request asks for; leave it out for the default.',
    )
  }
  const lastStep = await readLastStep(ask, options)
  const endStep = Math.min(options.maxStep ?? Number.POSITIVE_INFINITY, (lastStep ?? -1) + 1)
  const wanted = keys === undefined ? undefined : withFirst('_step', keys)

  // Steps may be far apart: a window that brought few rows is followed by a wider one. A server may thin out what is more
  // than a page, so a full answer counts only if the window has no more steps than that.
  let width = pageSize
  for (let from = minStep; from < endStep; ) {
    const to = Math.min(from + width, endStep)
    const rows = await askWindow(ask, { from, to, pageSize, keys: wanted }, options)
    if (rows.length >= pageSize && to - from > pageSize) {
      width = Math.max(pageSize, Math.floor(width / 4))
      continue
    }
    yield* rows
    from = to
    if (rows.length < pageSize / 2) width *= 4
  }
}

/** The last step that was logged; `undefined` when nothing was. */
export async function readLastStep(ask: AskAboutRun, options: RequestOptions): Promise<number | undefined> {
  const run = await ask('RunHistoryKeys', historyKeysQuery, {}, options)
  return maybeNumberAt(maybeObjectAt(run, 'historyKeys'), 'lastStep')
}

interface HistoryWindow {
  readonly from: number
  /** Exclusive. */
  readonly to: number
  readonly pageSize: number
  readonly keys: readonly string[] | undefined
}

async function askWindow(
  ask: AskAboutRun,
  { from, to, pageSize, keys }: HistoryWindow,
  options: RequestOptions,
): Promise<HistoryRow[]> {
  // Both ends of such a window are part of it.
  if (keys !== undefined) return askSamples(ask, { keys, samples: pageSize, minStep: from, maxStep: to - 1 }, options)
  const run = await ask('HistoryPage', historyPageQuery, { minStep: from, maxStep: to, pageSize }, options)
  return parseRows(run.history)
}

async function askSamples(ask: AskAboutRun, spec: object, options: RequestOptions): Promise<HistoryRow[]> {
  const run = await ask('RunSampledHistory', sampledHistoryQuery, { specs: [JSON.stringify(spec)] }, options)
  const [rows] = listAt(run, 'sampledHistory')
  return (Array.isArray(rows) ? rows : []).flatMap((row: JsonValue) => (isJsonObject(row) ? [restoreNumbers(row)] : []))
}

function parseRows(lines: JsonValue | undefined): HistoryRow[] {
  return (Array.isArray(lines) ? lines : []).flatMap((line: JsonValue) => {
    const row = typeof line === 'string' ? parseJson(line) : line
    return isJsonObject(row) ? [row] : []
  })
}

/** The keys of a row; nothing if it has not all of them. */
function selectKeys(row: HistoryRow, keys: readonly string[]): HistoryRow[] {
  if (!keys.every((key) => row[key] !== undefined)) return []
  return [Object.fromEntries(keys.map((key) => [key, row[key] as JsonValue]))]
}

function withFirst(first: string, keys: readonly string[]): string[] {
  return [first, ...keys.filter((key) => key !== first)]
}
