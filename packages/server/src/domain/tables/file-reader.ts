import type { ReadNpzEffects } from '@lossline/protocol'
import type { BoundedMemory } from './bounded-memory.ts'
import { sizeOf, toTable, withArrays } from './parsed-columns.ts'
import { mayHoldNaN, restoreNaN } from './restore-nan.ts'
import type { TableData } from './table-data.ts'
import type { OpenFile } from './table-engine.ts'
import { TableError } from './table-error.ts'
import { createTableParser, type TableParser } from './table-parser.ts'

/** Memory that one table may take in columns. */
export const tableBytesMax: number = 512 * 2 ** 20
/** Memory that everything that is read at the same time may take in columns. */
const readingsBytesMax = 2 * tableBytesMax

/** What reading files works with. */
export interface FileReaderOptions extends ReadNpzEffects {
  readonly memory: BoundedMemory
  /** Asks for the content of a file, which then comes by `push` and `end`, or `fail`. */
  readonly open: (file: string, reading: number) => void
  /** The rest of a content is of no use. */
  readonly stop: (reading: number) => void
  /** A content that came to its end, and all that was read beside it, is not needed any more. */
  readonly close: (reading: number) => void
  /** Another file of the same version. */
  readonly readBeside: (file: string, path: string) => Promise<Uint8Array | undefined>
  /** The copy of its first rows among the files of the run that logged it. */
  readonly readCopy: (file: string) => Promise<Uint8Array | undefined>
}

/**
 * Reads files into columns as their bytes come. What comes for a reading that has ended is dropped: the same file may be
 * read anew by then, from its start.
 */
export interface FileReader {
  /**
   * @param rowCount - Do not wait for more rows than these. Default: the whole file.
   * @param signal - Nobody waits any more.
   */
  read(file: { readonly id: string; readonly name: string }, rowCount?: number, signal?: AbortSignal): Promise<OpenFile>
  push(reading: number, bytes: Uint8Array): void
  end(reading: number): Promise<void>
  fail(reading: number, error: Error): void
}

interface Reading {
  readonly number: number
  readonly file: string
  readonly name: string
  readonly parser: TableParser
  readonly waiters: Set<Waiter>
  /** Whether somebody saw a part of it and will come back. */
  isSeen: boolean
  /** Of its columns, when they were looked at last. */
  sizeBytes: number
}

interface Waiter {
  readonly rowCount: number
  readonly resolve: (file: OpenFile) => void
  readonly reject: (error: unknown) => void
}

/** Makes a reader. */
export function createFileReader(options: FileReaderOptions): FileReader {
  const { memory, open, stop, close, readBeside, readCopy } = options
  const byFile = new Map<string, Reading>()
  const byNumber = new Map<number, Reading>()
  let lastNumber = 0

  const begin = (file: string, name: string): Reading => {
    lastNumber += 1
    const reading: Reading = {
      number: lastNumber,
      file,
      name,
      parser: createTableParser(),
      waiters: new Set(),
      isSeen: false,
      sizeBytes: 0,
    }
    byFile.set(file, reading)
    byNumber.set(reading.number, reading)
    open(file, reading.number)
    return reading
  }

  const forget = ({ file, number }: Reading): void => {
    byNumber.delete(number)
    if (byFile.get(file)?.number === number) byFile.delete(file)
  }

  const fail = (reading: Reading, error: unknown): void => {
    forget(reading)
    for (const waiter of reading.waiters) waiter.reject(error)
  }

  const attempt = (reading: Reading, act: () => void): boolean => {
    try {
      act()
      return true
    } catch (error) {
      stop(reading.number)
      fail(reading, error instanceof TableError ? named(reading.name, error) : error)
      return false
    }
  }

  const checkSize = (reading: Reading): void => {
    const { columns, rowCount } = reading.parser
    reading.sizeBytes = sizeOf(columns)
    if (reading.sizeBytes > tableBytesMax) throw tooLarge(rowCount)
    const totalBytes = [...byNumber.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    if (totalBytes > readingsBytesMax) throw tooMuchAtOnce()
  }

  /** Undefined once nobody waits any more: then its other files are not read. */
  const readBesideOf = async (reading: Reading, path: string): Promise<Uint8Array | undefined> =>
    byNumber.has(reading.number) ? readBeside(reading.file, path) : undefined

  const withNaN = async (reading: Reading, table: TableData): Promise<TableData> => {
    if (!mayHoldNaN(table) || !byNumber.has(reading.number)) return table
    const bytes = await readCopy(reading.file)
    const copy = bytes && readWhole(reading.file, bytes)
    return copy === undefined ? table : restoreNaN(table, copy)
  }

  return {
    read(file, rowCount = Number.POSITIVE_INFINITY, signal) {
      const known = memory.get<TableData>(file.id)
      if (known !== undefined) return Promise.resolve({ table: known, isComplete: true })
      const reading = byFile.get(file.id) ?? begin(file.id, file.name)
      if (hasRows(reading, rowCount)) return Promise.resolve(partOf(reading))
      return new Promise((resolve, reject) => {
        const waiter = { rowCount, resolve, reject }
        reading.waiters.add(waiter)
        signal?.addEventListener('abort', () => {
          if (!reading.waiters.delete(waiter)) return
          reject(new TableError('cancelled', 'The request was cancelled.'))
          if (reading.waiters.size > 0 || reading.isSeen) return
          forget(reading)
          stop(reading.number)
        })
      })
    },
    push(number, bytes) {
      const reading = byNumber.get(number)
      if (reading === undefined) return
      const isGood = attempt(reading, () => {
        reading.parser.push(bytes)
        checkSize(reading)
      })
      if (!isGood) return
      for (const waiter of reading.waiters) {
        if (!hasRows(reading, waiter.rowCount)) continue
        reading.waiters.delete(waiter)
        waiter.resolve(partOf(reading))
      }
    },
    async end(number) {
      const reading = byNumber.get(number)
      if (reading === undefined || !attempt(reading, () => reading.parser.end())) return
      for (const column of reading.parser.columns) column.compact()
      try {
        const parsed = await withArrays(toTable(reading.file, reading.parser), {
          ...options,
          readFile: (path) => readBesideOf(reading, path),
          checkSize: (sizeBytes) => {
            if (sizeBytes > tableBytesMax) throw tooLarge(reading.parser.rowCount)
          },
        })
        const table = await withNaN(reading, parsed)
        // Nobody waits, and what was not wanted any more was left out.
        if (!byNumber.has(number)) return
        memory.set(reading.file, table, table.sizeBytes)
        forget(reading)
        for (const waiter of reading.waiters) waiter.resolve({ table, isComplete: true })
      } catch (error) {
        fail(reading, error)
      } finally {
        close(number)
      }
    },
    fail(number, error) {
      const reading = byNumber.get(number)
      if (reading !== undefined) fail(reading, error)
    },
  }
}

/** Whether the first rows can be shown: columns may come behind them. */
function hasRows({ parser }: Reading, rowCount: number): boolean {
  return parser.names !== undefined && parser.rowCount >= rowCount
}

/** Undefined for what is no table. */
function readWhole(file: string, bytes: Uint8Array): TableData | undefined {
  const parser = createTableParser()
  try {
    parser.push(bytes)
    parser.end()
  } catch (error) {
    if (error instanceof TableError) return undefined
    throw error
  }
  return toTable(file, parser)
}

function partOf(reading: Reading): OpenFile {
  reading.isSeen = true
  return { table: toTable(reading.file, reading.parser), isComplete: false }
}

function named(name: string, error: TableError): TableError {
  if (error.reason !== 'invalid') return error
  return new TableError('invalid', `"${name}" cannot be read as a table: ${error.message}.`, error.hint)
}

function tooLarge(rowCount: number): TableError {
  return new TableError(
    'too-large',
    `The first ${rowCount} rows of the table take ${tableBytesMax / 2 ** 20} MiB of memory, which is as much as is used for one table.`,
    'Download its file instead, or log it in several tables.',
  )
}

function tooMuchAtOnce(): TableError {
  return new TableError(
    'too-large',
    `The tables that are read just now take ${readingsBytesMax / 2 ** 20} MiB of memory, which is as much as is used for them.`,
    'Open fewer tables together, or try again when the others are read.',
  )
}
