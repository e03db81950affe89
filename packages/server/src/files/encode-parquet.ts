import { constants, zstdCompressSync } from 'node:zlib'
import type { ParquetWriter } from 'hyparquet-writer'
import type { ExportColumn } from '../domain/history-exports/export-columns.ts'
import type { Pause } from '../domain/pauses.ts'
import type { GroupCells, HistoryGroup } from '../domain/read-groups.ts'

const parquetTypes = {
  number: { type: 'DOUBLE' },
  integer: { type: 'INT64' },
  boolean: { type: 'BOOLEAN' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
} as const

// Level 1 compresses what a training logs about as well as higher ones.
const zstdOptions = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/**
 * Turns rows into a Parquet file, a part at a time: `_step` as 64-bit integers, then the columns, all of them flat, since W&B's
 * client takes the number of a column for the number of a leaf (parquet-rust-wrapper/src/lib.rs).
 *
 * @returns the number of rows, at the end.
 */
export async function* encodeParquet(
  columns: readonly ExportColumn[],
  groups: AsyncIterable<HistoryGroup>,
  pause: Pause,
): AsyncGenerator<Uint8Array, number> {
  // Loaded here, as few servers ever write a file.
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer')
  const bytes = new ByteWriter()
  const parquet = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: 'root', num_children: columns.length + 1 },
      { name: '_step', type: 'INT64', repetition_type: 'REQUIRED' },
      ...columns.map(({ name, kind }) => ({ name, repetition_type: 'OPTIONAL' as const, ...parquetTypes[kind] })),
    ],
    codec: 'ZSTD',
    compressors: { ZSTD: (plain) => zstdCompressSync(plain, zstdOptions) },
    createdBy: 'lossline',
  })
  const take = (): Uint8Array => {
    const taken = bytes.getBytes().slice()
    bytes.index = 0
    return taken
  }
  let rowCount = 0

  for await (const { steps, cells } of groups) {
    const firstPiece = parquet.row_groups.length
    const put = async (name: string, data: ColumnData, isPlain: boolean): Promise<void> => {
      // The writer has no type for lists of several kinds of values, though it takes them.
      const columnData = [{ name, data: data as unknown[], ...(isPlain ? plainNumbers : {}) }]
      await parquet.write({ columnData, rowGroupSize: steps.length })
      await pause()
    }
    await put('_step', BigInt64Array.from(steps, BigInt), false)
    for (const [index, column] of columns.entries()) {
      await put(column.name, toColumnData(cells[index]!, column.kind, steps.length), column.kind === 'number')
    }
    joinPieces(parquet, firstPiece, steps.length)
    rowCount += steps.length
    yield take()
  }
  await parquet.finish()
  yield take()
  return rowCount
}

/** Figures of a column of measurements help nobody to skip it, and a dictionary hardly pays. */
const plainNumbers = { encoding: 'PLAIN', statistics: false } as const

/**
 * Each column was written as a row group of its own, so that others can have the event loop in between: together they are one.
 */
function joinPieces(parquet: ParquetWriter, firstPiece: number, rowCount: number): void {
  const pieces = parquet.row_groups.splice(firstPiece)
  parquet.row_groups.push({
    columns: pieces.flatMap(({ columns }) => columns),
    num_rows: BigInt(rowCount),
    total_byte_size: pieces.reduce((sum, piece) => sum + piece.total_byte_size, 0n),
    total_compressed_size: pieces.reduce((sum, piece) => sum + (piece.total_compressed_size ?? 0n), 0n),
  })
  parquet.num_rows -= BigInt(rowCount * (pieces.length - 1))
}

type ColumnData = BigInt64Array | Float64Array | unknown[]

/** A value, or null where null was logged, for each row. */
function toColumnData(found: GroupCells, kind: ExportColumn['kind'], rowCount: number): ColumnData {
  if (found.kind === 'texts') {
    return found.rows.slice(0, rowCount).map(({ values }) => toValue(values.get(found.key)!, kind))
  }
  const values = found.values.subarray(0, rowCount)
  return kind === 'integer' ? BigInt64Array.from(values, BigInt) : values
}

function toValue(json: string, kind: ExportColumn['kind']): unknown {
  if (json === 'null') return null
  if (kind === 'integer') return BigInt(json)
  // Number knows the words for what JSON has no digits for.
  return kind === 'number' ? Number(json) : JSON.parse(json)
}
