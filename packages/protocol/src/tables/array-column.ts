import { ProtocolError } from '../errors.ts'
import { typeOfCell } from './assign-cell.ts'
import { type ArraySerialization, type ColumnType, isOptional, optionalOf } from './column-type.ts'
import { type ReadNpzEffects, readNpzArray } from './read-npz.ts'
import type { TableCell } from './table-cell.ts'

/** A column of arrays whose numbers were read from their file. */
export interface ArrayColumn {
  readonly type: ColumnType
  /** One a row: a typed array; of arrays with several axes lists of lists. */
  readonly cells: readonly TableCell<never>[]
}

/** What {@link readArrayColumn} reads. */
export interface ArrayFile extends ReadNpzEffects {
  /** Of the `.npz` file. */
  readonly bytes: Uint8Array
  /** Of the array in it. */
  readonly name: string
  /** The column's type as the table says it. */
  readonly type: ColumnType
  readonly rowCount: number
}

/** Where the numbers of a column lie; `undefined` when they are in the table itself. */
export function serializationOf(type: ColumnType): ArraySerialization | undefined {
  const members = type.kind === 'union' ? type.members : [type]
  return members.find((member) => member.kind === 'array')?.serialization
}

/**
 * Reads the arrays of a column. In a column that may be empty, an array of nothing but NaN is null: that is what stands
 * for null in the file.
 *
 * @throws {@link ProtocolError} `invalid-table` when the file is damaged or does not fit the table.
 */
export function readArrayColumn({ bytes, name, type, rowCount, inflateRaw }: ArrayFile): ArrayColumn {
  const { numbers, shape } = readNpzArray(bytes, name, { inflateRaw })
  const [count, ...axes] = shape
  if (count !== rowCount || axes.length === 0) {
    throw new ProtocolError({
      code: 'invalid-table',
      message: `The file of the arrays "${name}" holds ${shape.join(' × ')} numbers for a table of ${rowCount} rows.`,
    })
  }
  const length = axes.reduce((product, axis) => product * axis, 1)
  const mayBeNull = isOptional(type)
  const cells = Array.from({ length: rowCount }, (_, row): TableCell<never> => {
    const array = numbers.slice(row * length, (row + 1) * length)
    if (mayBeNull && array.length > 0 && array.every(Number.isNaN)) return null
    return axes.length === 1 ? array : toLists(array, axes)
  })
  const first = cells.find((cell) => cell !== null)
  const arrayType: ColumnType =
    axes.length === 1 || first === undefined ? { kind: 'array', shape: axes } : typeOfCell(first)
  return { type: mayBeNull ? optionalOf(arrayType) : arrayType, cells }
}

function toLists(array: Float64Array, [count = 0, ...axes]: readonly number[]): TableCell<never> {
  if (axes.length === 0) return Array.from(array)
  const length = array.length / Math.max(1, count)
  return Array.from({ length: count }, (_, index) =>
    toLists(array.subarray(index * length, (index + 1) * length), axes),
  )
}
