import { randomBytes } from 'node:crypto'
import { crc32, deflateRawSync } from 'node:zlib'
import {
  type ArraySerialization,
  type ColumnType,
  createCellReader,
  embeddedArrayLengthMax,
  encodeNpz,
  isNumericArray,
  type TableColumn,
} from '@lossline/protocol'

/** A column of long arrays, whose numbers go into a file of the artifact. */
export interface SerializedColumn {
  readonly name: string
  /** The column's type, which says where the numbers are. */
  readonly type: ColumnType
  /** Path of the file in the artifact. */
  readonly path: string
  encode(): Uint8Array
}

/** The columns of a table whose arrays are too long for its JSON. */
export function findSerializedColumns<Media>(
  columns: readonly TableColumn<Media>[],
  rowCount: number,
): SerializedColumn[] {
  return columns.flatMap((column) => {
    const length = arrayLengthOf(column.type)
    if (length === undefined || length <= embeddedArrayLengthMax) return []
    const { name } = column
    const path = `media/serialized_data/${name.replaceAll('/', '_')}_${randomBytes(4).toString('hex')}.npz`
    const type = withSerialization(column.type, { path, key: name })
    return [{ name, type, path, encode: () => encodeArrays(column, rowCount, length) }]
  })
}

function arrayLengthOf(type: ColumnType): number | undefined {
  const members = type.kind === 'union' ? type.members : [type]
  return members.find((member) => member.kind === 'array')?.shape[0]
}

function withSerialization(type: ColumnType, serialization: ArraySerialization): ColumnType {
  if (type.kind === 'array') return { ...type, serialization }
  return type.kind === 'union'
    ? { ...type, members: type.members.map((member) => withSerialization(member, serialization)) }
    : type
}

/** All arrays of the column as one, a row each; a missing one is a row of NaN. */
function encodeArrays<Media>({ name, cells }: TableColumn<Media>, rowCount: number, length: number): Uint8Array {
  const numbers = new Float64Array(rowCount * length)
  const read = createCellReader(cells)
  for (let row = 0; row < rowCount; row += 1) {
    const cell = read()
    const target = numbers.subarray(row * length, (row + 1) * length)
    if (isNumericArray(cell) || isNumbers(cell)) target.set(cell)
    else target.fill(Number.NaN)
  }
  return encodeNpz({ name, numbers, shape: [rowCount, length] }, { deflateRaw: deflateRawSync, crc32 })
}

function isNumbers(cell: unknown): cell is readonly number[] {
  return Array.isArray(cell) && cell.every((member) => typeof member === 'number')
}
