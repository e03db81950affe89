import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import {
  historyColumns,
  isRun,
  type RunsToExport,
  runColumns,
  runHistoryColumns,
  toHistoryRows,
  toRunRows,
} from '../export/export-runs.ts'
import { type ExportPlatform, type ExportReport, type ExportTableOptions, exportTable } from '../export/export-table.ts'
import { type ExportFormat, formatOf } from '../export/table-encoder.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { InvalidOptionError } from '../options/invalid-option-error.ts'

/** Where an export goes, and how. */
export interface ExportOptions {
  /** File to write; replaced when it is complete. Its ending says the format unless `format` does. */
  readonly path?: string | undefined
  /** Gets the parts of the file instead. `format` is needed then. */
  readonly write?: ((part: Uint8Array) => Promise<void>) | undefined
  readonly format?: ExportFormat | undefined
  readonly signal?: AbortSignal | undefined
}

/** Options of {@link exportHistory}. */
export interface ExportHistoryOptions extends ExportOptions {
  /** Only these columns; rows with none of them are left out. Default: all. */
  readonly keys?: readonly string[] | undefined
}

const exportOptionNames: OptionNames<ExportOptions> = { path: true, write: true, format: true, signal: true }

const platform: ExportPlatform = { openSpool }

/**
 * Writes all rows of one run or of several to a file: `_step`, `_timestamp`, `_runtime`, then the metrics, sorted, with `.`
 * between nested labels; of several runs, `run` comes first. Memory stays bounded, however many rows there are.
 *
 * CSV is RFC 4180 with a header; `NaN` and `Infinity` are written as such, and a text that reads like them is quoted. JSON
 * Lines is strict JSON, with these numbers as texts. Parquet has doubles for numbers, a 64-bit integer for `_step`, and JSON
 * text for lists and for columns of several kinds.
 *
 * @throws {@link InvalidOptionError}; whatever reading the runs throws. The file is as it was before then.
 * @example await exportHistory(await api.run('digits/k3v9xq2a'), { path: 'history.parquet' })
 */
export async function exportHistory(runs: RunsToExport, options: ExportHistoryOptions): Promise<ExportReport> {
  checkOptions('exportHistory', options ?? null, { ...exportOptionNames, keys: true })
  const { keys, signal } = options
  const firstColumns = [...(isRun(runs) ? historyColumns : runHistoryColumns), ...(keys ?? [])]
  return exportRows(options, { rows: toHistoryRows(runs, keys, signal), firstColumns: [...new Set(firstColumns)] })
}

/**
 * Writes a table of runs to a file, one row a run: what it is, then `config.*` and `summary.*`. Formats are those of
 * {@link exportHistory}.
 *
 * @throws as {@link exportHistory}.
 * @example await exportRuns(api.runs('digits', { filters: { state: 'finished' } }), { path: 'runs.csv' })
 */
export async function exportRuns(runs: RunsToExport, options: ExportOptions): Promise<ExportReport> {
  checkOptions('exportRuns', options ?? null, exportOptionNames)
  return exportRows(options, { rows: toRunRows(runs, options.signal), firstColumns: runColumns })
}

async function exportRows(
  { path, write, format, signal }: ExportOptions,
  table: Pick<ExportTableOptions, 'rows' | 'firstColumns'>,
): Promise<ExportReport> {
  if ((path === undefined) === (write === undefined)) {
    throw new InvalidOptionError(
      'export',
      'either path or write says where it goes.',
      "Pass { path: 'runs.csv' }, or a function as write, and not both.",
    )
  }
  if (write !== undefined) {
    if (format === undefined)
      throw new InvalidOptionError(
        'export',
        'with write, format says what is written.',
        "Pass format: 'csv', 'jsonl' or 'parquet'.",
      )
    return exportTable(platform, { ...table, format, write, signal })
  }
  const target = resolve(path ?? '')
  const chosen = format ?? formatOf(target)
  await mkdir(dirname(target), { recursive: true })
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.part`)
  try {
    const file = await open(temporary, 'wx')
    let report: ExportReport
    try {
      report = await exportTable(platform, { ...table, format: chosen, signal, write: (part) => file.writeFile(part) })
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, target)
    return report
  } finally {
    await rm(temporary, { force: true })
  }
}

// Written at once when so much has come together.
const spoolPartLength = 1 << 20

/** A temporary file of lines, written first and then read. */
async function openSpool(): ReturnType<ExportPlatform['openSpool']> {
  const folder = await mkdtemp(join(tmpdir(), 'lossline-export-'))
  const path = join(folder, 'rows.jsonl')
  const file = await open(path, 'wx', 0o600)
  let waiting: string[] = []
  let waitingLength = 0
  const flush = async (): Promise<void> => {
    const text = waiting.join('')
    waiting = []
    waitingLength = 0
    await file.writeFile(text)
  }
  return {
    async append(line) {
      waiting.push(line, '\n')
      waitingLength += line.length
      if (waitingLength >= spoolPartLength) await flush()
    },
    async *lines() {
      await flush()
      // Not with readline: it ends lines at U+2028 too, which JSON may hold.
      let rest = ''
      for await (const part of createReadStream(path, { encoding: 'utf8', highWaterMark: spoolPartLength })) {
        const lines = (rest + String(part)).split('\n')
        rest = lines.pop() ?? ''
        yield* lines
      }
    },
    async close() {
      await file.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
