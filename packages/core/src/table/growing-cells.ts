import type { MediaSnapshot } from '@lossline/journal'
import {
  type ColumnCells,
  type ColumnType,
  createCellReader,
  type NumericArray,
  type TableCell,
  type TextPiece,
} from '@lossline/protocol'

/** A cell of a table of the SDK. */
export type Cell = TableCell<MediaSnapshot>

/** Cells of a column that grows. What was handed out is never written to again: new cells lie behind it. */
export interface GrowingCells {
  readonly kind: ColumnCells['kind']
  readonly length: number
  /** Adds a cell. Returns whether cells of this kind can hold it; false = nothing was added. */
  push(cell: Cell): boolean
  /** The cells from `first` on, `count` of them. */
  slice(first: number, count: number): ColumnCells<MediaSnapshot>
  read(row: number): Cell
}

const capacityMin = 16
// Long texts are handed over in pieces of about this many UTF-16 units, since one text has a limit in every engine.
const textPieceLength = 2 ** 24

/** Cells for the values that a column of this type takes; others are kept as they are. */
export function createGrowingCells(type: ColumnType, options: { readonly isFloat?: boolean } = {}): GrowingCells {
  switch (type.kind) {
    case 'number':
      return createNumberCells(options.isFloat ?? false)
    case 'string':
      return createTextCells()
    case 'boolean':
      return createBooleanCells()
    case 'timestamp':
      return createTimestampCells()
    default:
      return createValueCells()
  }
}

/** The same cells among values of any kind. */
export function toValueCells(cells: GrowingCells): GrowingCells {
  const values = createValueCells()
  const read = createCellReader(cells.slice(0, cells.length))
  for (let row = 0; row < cells.length; row += 1) values.push(read())
  return values
}

function createNumberCells(isFloat: boolean): GrowingCells {
  let values = new Float64Array(capacityMin)
  let missing: Uint8Array | undefined
  let length = 0
  return {
    kind: 'numbers',
    get length() {
      return length
    },
    push(cell) {
      if (typeof cell !== 'number' && cell !== null) return false
      if (length === values.length) {
        values = grown(values, new Float64Array(2 * length))
        if (missing !== undefined) missing = grown(missing, new Uint8Array(2 * length))
      }
      if (cell === null) {
        missing ??= new Uint8Array(values.length)
        missing[length] = 1
      } else values[length] = cell
      length += 1
      return true
    },
    slice: (first, count) => ({
      kind: 'numbers',
      values: values.subarray(first, first + count),
      ...(missing === undefined ? {} : { missing: missing.subarray(first, first + count) }),
      isFloat,
    }),
    read: (row) => (missing?.[row] === 1 ? null : (values[row] ?? null)),
  }
}

function createBooleanCells(): GrowingCells {
  let values = new Uint8Array(capacityMin)
  let length = 0
  return {
    kind: 'booleans',
    get length() {
      return length
    },
    push(cell) {
      if (typeof cell !== 'boolean' && cell !== null) return false
      if (length === values.length) values = grown(values, new Uint8Array(2 * length))
      values[length] = cell === null ? 2 : Number(cell)
      length += 1
      return true
    },
    slice: (first, count) => ({ kind: 'booleans', values: values.subarray(first, first + count) }),
    read: (row) => (values[row] === 2 ? null : values[row] === 1),
  }
}

function createTimestampCells(): GrowingCells {
  let values = new Float64Array(capacityMin)
  let length = 0
  return {
    kind: 'timestamps',
    get length() {
      return length
    },
    push(cell) {
      if (!(cell instanceof Date) && cell !== null) return false
      if (length === values.length) values = grown(values, new Float64Array(2 * length))
      values[length] = cell === null ? Number.NaN : cell.getTime()
      length += 1
      return true
    },
    slice: (first, count) => ({ kind: 'timestamps', values: values.subarray(first, first + count) }),
    read: (row) => (Number.isNaN(values[row]) ? null : new Date(values[row] ?? Number.NaN)),
  }
}

function createTextCells(): GrowingCells {
  const texts: (string | null)[] = []
  let lengths = new Int32Array(capacityMin)
  return {
    kind: 'texts',
    get length() {
      return texts.length
    },
    push(cell) {
      if (typeof cell !== 'string' && cell !== null) return false
      const row = texts.length
      if (row === lengths.length) lengths = grown(lengths, new Int32Array(2 * row))
      lengths[row] = cell === null ? -1 : cell.length
      texts.push(cell)
      return true
    },
    slice: (first, count) => ({
      kind: 'texts',
      pieces: joinTexts(texts, lengths, first, count),
      lengths: lengths.subarray(first, first + count),
    }),
    read: (row) => texts[row] ?? null,
  }
}

/** One long text is cloned many times faster than many short ones. */
function joinTexts(texts: readonly (string | null)[], lengths: Int32Array, first: number, count: number): TextPiece[] {
  const pieces: TextPiece[] = []
  let start = first
  let pieceLength = 0
  for (let row = first; row < first + count; row += 1) {
    pieceLength += Math.max(0, lengths[row] as number)
    if (pieceLength < textPieceLength && row < first + count - 1) continue
    // join writes null as nothing.
    pieces.push({ text: texts.slice(start, row + 1).join(''), rowCount: row + 1 - start })
    start = row + 1
    pieceLength = 0
  }
  return pieces
}

function createValueCells(): GrowingCells {
  const values: Cell[] = []
  return {
    kind: 'values',
    get length() {
      return values.length
    },
    push(cell) {
      values.push(cell)
      return true
    },
    slice: (first, count) => ({ kind: 'values', values: values.slice(first, first + count) }),
    read: (row) => values[row] ?? null,
  }
}

function grown<Kind extends NumericArray>(old: Kind, next: Kind): Kind {
  next.set(old)
  return next
}
