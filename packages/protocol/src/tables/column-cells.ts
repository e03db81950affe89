import type { ColumnType } from './column-type.ts'
import type { TableCell } from './table-cell.ts'

/**
 * The cells of a column, from the first row to be written on. Numbers lie in memory that two threads can share; a
 * table only ever adds cells behind those that were handed out.
 */
export type ColumnCells<Media = unknown> =
  /** One number a row. `missing` has a 1 for each cell that is null; without it none is. */
  | {
      readonly kind: 'numbers'
      readonly values: Float64Array
      readonly missing?: Uint8Array
      /** Whether whole numbers are written as `1.0`, as Python does for floating-point numbers. */
      readonly isFloat: boolean
    }
  /** One byte a row: 0 = false, 1 = true, 2 = null. */
  | { readonly kind: 'booleans'; readonly values: Uint8Array }
  /** Unix milliseconds, one a row; NaN = null. */
  | { readonly kind: 'timestamps'; readonly values: Float64Array }
  /** All texts behind each other, in pieces, and the length of each in UTF-16 units; −1 = null. */
  | { readonly kind: 'texts'; readonly pieces: readonly TextPiece[]; readonly lengths: Int32Array }
  /** Anything, one a row. */
  | { readonly kind: 'values'; readonly values: readonly TableCell<Media>[] }

/** The texts of some rows that follow each other. */
export interface TextPiece {
  readonly text: string
  readonly rowCount: number
}

/** A column as it is handed to who writes it. */
export interface TableColumn<Media = unknown> {
  readonly name: string
  readonly type: ColumnType
  readonly cells: ColumnCells<Media>
}

/** Gives the cells of a column one after the other, from the first row on. */
export function createCellReader<Media>(cells: ColumnCells<Media>): () => TableCell<Media> {
  let row = -1
  switch (cells.kind) {
    case 'numbers':
      return () => {
        row += 1
        return cells.missing?.[row] === 1 ? null : (cells.values[row] ?? null)
      }
    case 'booleans':
      return () => {
        row += 1
        const value = cells.values[row]
        return value === 2 || value === undefined ? null : value === 1
      }
    case 'timestamps':
      return () => {
        row += 1
        const value = cells.values[row] ?? Number.NaN
        return Number.isNaN(value) ? null : new Date(value)
      }
    case 'texts':
      return createTextReader(cells)
    case 'values':
      return () => {
        row += 1
        return cells.values[row] ?? null
      }
    default:
      return assertNever(cells)
  }
}

function createTextReader({ pieces, lengths }: ColumnCells & { kind: 'texts' }): () => string | null {
  let row = -1
  let pieceIndex = 0
  let rowsLeft = pieces[0]?.rowCount ?? 0
  let offset = 0
  return () => {
    row += 1
    while (rowsLeft === 0 && pieceIndex < pieces.length) {
      pieceIndex += 1
      rowsLeft = pieces[pieceIndex]?.rowCount ?? 0
      offset = 0
    }
    rowsLeft -= 1
    const length = lengths[row] ?? -1
    if (length < 0) return null
    offset += length
    return pieces[pieceIndex]?.text.slice(offset - length, offset) ?? null
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown cells ${JSON.stringify(value)}`)
}
