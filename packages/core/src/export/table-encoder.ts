import { type JsonValue, stringifyJson, toStrictJson } from '@lossline/protocol'
import { InvalidOptionError } from '../options/invalid-option-error.ts'
import type { Column } from './column-kinds.ts'
import { toCsvLine } from './csv.ts'
import type { FlatRow } from './flatten-row.ts'

/** A format that tables are exported to. */
export type ExportFormat = 'csv' | 'jsonl' | 'parquet'

/** Turns rows into the bytes of a file, a part at a time. */
export interface TableEncoder {
  /** @returns what is to be written now; may be nothing. */
  add(row: FlatRow): Uint8Array | undefined
  /** @returns the end of the file. */
  end(): Uint8Array
}

/** The format that the end of a file's name says. @throws {@link InvalidOptionError} */
export function formatOf(path: string): ExportFormat {
  const ending = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase()
  if (ending === 'csv' || ending === 'jsonl' || ending === 'parquet') return ending
  if (ending === 'ndjson') return 'jsonl'
  throw new InvalidOptionError(
    'export',
    `the name "${path}" does not say the format.`,
    'Pass format, or a name that ends in .csv, .jsonl or .parquet.',
  )
}

/** Makes the encoder of a format for a table with these columns. */
export async function createTableEncoder(format: ExportFormat, columns: readonly Column[]): Promise<TableEncoder> {
  switch (format) {
    case 'csv':
      return createCsvEncoder(columns)
    case 'jsonl':
      return createJsonLinesEncoder(columns)
    case 'parquet':
      return createParquetEncoder(columns)
    default:
      throw new InvalidOptionError(
        'export',
        `the format is csv, jsonl or parquet, not ${String(format satisfies never)}.`,
        "Pass format: 'csv', 'jsonl' or 'parquet'.",
      )
  }
}

const encoder = new TextEncoder()

function createCsvEncoder(columns: readonly Column[]): TableEncoder {
  let head: string | undefined = toCsvLine(columns.map(({ name }) => name))
  const takeHead = (): string => {
    const text = head ?? ''
    head = undefined
    return text
  }
  return {
    add: (row) => encoder.encode(takeHead() + toCsvLine(columns.map(({ name }) => row.get(name)))),
    end: () => encoder.encode(takeHead()),
  }
}

/** Strict JSON, which every parser takes; a column is a member, also one with `.` in its name. Missing values are left out. */
function createJsonLinesEncoder(columns: readonly Column[]): TableEncoder {
  return {
    add(row) {
      const members = columns.flatMap(({ name }) => {
        const value = row.get(name)
        return value === undefined ? [] : [[name, toStrictJson(value)] as const]
      })
      return encoder.encode(`${JSON.stringify(Object.fromEntries(members))}\n`)
    },
    end: () => new Uint8Array(0),
  }
}

// About as many cells wait in memory at once.
const groupCellCount = 500_000
const groupRowCountMax = 50_000

const parquetTypes = {
  number: { type: 'DOUBLE' },
  integer: { type: 'INT64' },
  boolean: { type: 'BOOLEAN' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  json: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
} as const

/** Numbers are doubles, `_step` is a 64-bit integer, texts are UTF-8; a column of several kinds is JSON text. */
async function createParquetEncoder(columns: readonly Column[]): Promise<TableEncoder> {
  // Loaded by those who write such a file.
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer')
  const bytes = new ByteWriter()
  const parquet = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, kind }) => ({ name, repetition_type: 'OPTIONAL' as const, ...parquetTypes[kind] })),
    ],
    createdBy: 'lossline',
  })
  const groupRowCount = Math.max(
    1,
    Math.min(groupRowCountMax, Math.floor(groupCellCount / Math.max(1, columns.length))),
  )
  let cells = columns.map((): unknown[] => [])
  let rowCount = 0

  const take = (): Uint8Array => {
    const taken = bytes.getBytes().slice()
    bytes.index = 0
    return taken
  }
  const writeGroup = (): void => {
    if (rowCount === 0) return
    const columnData = columns.map(({ name }, index) => ({ name, data: cells[index] as unknown[] }))
    void parquet.write({ columnData, rowGroupSize: rowCount })
    cells = columns.map(() => [])
    rowCount = 0
  }

  return {
    add(row) {
      for (const [index, { name, kind }] of columns.entries()) cells[index]?.push(toParquetValue(row.get(name), kind))
      rowCount += 1
      if (rowCount < groupRowCount) return undefined
      writeGroup()
      return take()
    },
    end() {
      writeGroup()
      void parquet.finish()
      return take()
    },
  }
}

function toParquetValue(value: JsonValue | undefined, kind: Column['kind']): unknown {
  if (value === undefined || value === null) return null
  switch (kind) {
    case 'integer':
      return BigInt(value as number)
    case 'json':
      return stringifyJson(value)
    default:
      return value
  }
}
