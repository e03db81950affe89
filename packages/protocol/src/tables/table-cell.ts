import type { ColumnType } from './column-type.ts'

/** A typed array of numbers. */
export type NumericArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array

/**
 * What a cell of a table holds. All of it can be sent to another thread: a Date is a time, a Map a dictionary, and the
 * only plain object is a media cell.
 */
export type TableCell<Media = unknown> =
  | null
  | boolean
  | number
  | bigint
  | string
  | Date
  | NumericArray
  | readonly TableCell<Media>[]
  | ReadonlyMap<string, TableCell<Media>>
  | MediaCell<Media>

/** An image, a sound or another file in a cell. */
export interface MediaCell<Media = unknown> {
  readonly columnType: ColumnType
  /** What W&B's client calls the class, such as `Image`; it stands for the cell where files cannot go. */
  readonly className: string
  readonly media: Media
}

/** Whether a cell is a typed array. */
export function isNumericArray(cell: unknown): cell is NumericArray {
  return ArrayBuffer.isView(cell) && !(cell instanceof DataView) && !isOfBigints(cell)
}

/** Whether a cell holds media. */
export function isMediaCell<Media>(cell: TableCell<Media>): cell is MediaCell<Media> {
  return (
    typeof cell === 'object' &&
    cell !== null &&
    !Array.isArray(cell) &&
    !(cell instanceof Date) &&
    !(cell instanceof Map) &&
    !ArrayBuffer.isView(cell)
  )
}

function isOfBigints(cell: ArrayBufferView): boolean {
  return cell instanceof BigInt64Array || cell instanceof BigUint64Array
}
