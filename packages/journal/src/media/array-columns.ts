import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import {
  type ArraySerialization,
  type ColumnType,
  createCellReader,
  embeddedArrayLengthMax,
  encodeNpz,
  isNumericArray,
  type TableColumn,
} from '@lossline/protocol'
import { deflateRawInParts } from './deflate-in-parts.ts'

/** A column of long arrays, whose numbers go into a file of the artifact. */
export interface SerializedColumn {
  readonly name: string
  /** The column's type, which says where the numbers are. */
  readonly type: ColumnType
  /** Path of the file in the artifact. */
  readonly path: string
  /**
   * The bytes of the file.
   *
   * @param onWork - Called now and then while it takes long.
   * @throws {@link ProtocolError} `too-large` when they are more than an `.npz` file holds.
   */
  encode(onWork: () => void): Uint8Array
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
    return [{ name, type, path, encode: (onWork) => encodeArrays(column, { rowCount, length, onWork }) }]
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

interface ArraysFacts {
  readonly rowCount: number
  /** Numbers in an array. */
  readonly length: number
  onWork(): void
}

// Numbers between two signs of life.
const workNumbers = 2 ** 20

/** All arrays of the column as one, a row each; a missing one is a row of NaN. */
function encodeArrays<Media>(
  { name, cells }: TableColumn<Media>,
  { rowCount, length, onWork }: ArraysFacts,
): Uint8Array {
  const numbers = new Float64Array(rowCount * length)
  const read = createCellReader(cells)
  for (let row = 0; row < rowCount; row += 1) {
    const cell = read()
    if (Math.floor((row * length) / workNumbers) !== Math.floor(((row + 1) * length) / workNumbers)) onWork()
    const target = numbers.subarray(row * length, (row + 1) * length)
    if (isNumericArray(cell) || isNumbers(cell)) target.set(cell)
    else target.fill(Number.NaN)
  }
  const deflateRaw = (bytes: Uint8Array) => deflateRawInParts(bytes, { onWork })
  return encodeNpz({ name, numbers, shape: [rowCount, length] }, { deflateRaw, crc32, onWork })
}

function isNumbers(cell: unknown): cell is readonly number[] {
  return Array.isArray(cell) && cell.every((member) => typeof member === 'number')
}
