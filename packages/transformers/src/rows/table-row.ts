import type { ParsedReportOptions } from '../pipelines/report-options.ts'
import { isRawAudioLike, isRawImageLike, isRecord } from '../transformers-like.ts'
import { isMedia, type TableEntry } from './prediction-table.ts'
import type { Cells, RowPart } from './row-part.ts'
import { rowSummariserOf } from './row-summarisers.ts'
import { describeText } from './text-cell.ts'

/** What a row says besides the input and the output. */
export interface RowFacts {
  readonly id: string
  readonly startedAt: Date
  readonly latencyMs: number
  readonly batchSize: number
  readonly error: unknown
}

/** Makes a row of the table: the columns of the task, or the user's; then what may be logged of it. */
export function toTableEntry(part: RowPart, facts: RowFacts, options: ParsedReportOptions): TableEntry | undefined {
  const columns =
    options.toRow === undefined ? taskColumns(part, facts, options) : ownColumns(part, facts, options.toRow)
  const row = columns === undefined ? undefined : { ...baseColumns(facts), ...columns }
  const cells = row === undefined || options.redact === undefined ? row : options.redact(row)
  if (cells === undefined) return undefined
  const hasMedia = Object.values(cells).some(isMedia)
  return { cells, mediaBytes: hasMedia ? mediaBytesOf(part.input) + mediaBytesOf(part.output) : 0 }
}

function baseColumns({ id, startedAt, latencyMs, batchSize }: RowFacts): Cells {
  return { id, timestamp: startedAt, latency_ms: latencyMs, batch_size: batchSize }
}

function ownColumns(part: RowPart, { latencyMs, error }: RowFacts, toRow: NonNullable<ParsedReportOptions['toRow']>) {
  const { task, input, output, options } = part
  return toRow({ task, input, output, options, latencyMs, error })
}

function taskColumns(part: RowPart, { error }: RowFacts, { logInputs, logOutputs }: ParsedReportOptions): Cells {
  const { input = {}, output = {}, quoting = {} } = rowSummariserOf(part.task)(part)
  return {
    ...(logInputs ? input : {}),
    ...(logOutputs ? output : {}),
    ...(logInputs && logOutputs ? quoting : {}),
    options: describeOptions(part.options, logInputs),
    error: error === undefined ? null : describeError(error, logInputs),
  }
}

/** The options of a call as JSON. Texts among them may be parts of the input, such as documents. */
function describeOptions(options: RowPart['options'], hasTexts: boolean): string {
  const shown = Object.entries(options).filter(
    ([, value]) => value === null || ['number', 'boolean'].includes(typeof value) || (hasTexts && isPlainValue(value)),
  )
  return describeText(Object.fromEntries(shown))
}

/** Streamers, criteria and processors are objects with methods. */
function isPlainValue(value: unknown): boolean {
  if (typeof value === 'string' || Array.isArray(value)) return true
  return isRecord(value) && Object.getPrototypeOf(value) === Object.prototype && !('put' in value)
}

function describeError(error: unknown, hasTexts: boolean): string {
  if (!(error instanceof Error)) return hasTexts ? describeText(error) : 'Error'
  return hasTexts ? describeText(`${error.name}: ${error.message}`) : error.name
}

function mediaBytesOf(value: unknown): number {
  if (isRawImageLike(value)) return value.data.byteLength
  if (isRawAudioLike(value)) return value.audio.byteLength
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + mediaBytesOf(one), 0)
  if (!isRecord(value)) return 0
  return mediaBytesOf(value.mask) + mediaBytesOf(value.depth)
}
