import { type ColumnType, columnTypes, describeColumnType, optionalOf, typeOfCell } from '@lossline/protocol'
import { InvalidTableError, TableTypeError } from '../errors.ts'
import type { Cell } from './growing-cells.ts'
import { createGrowingColumn, describeColumn, type GrowingColumn } from './growing-column.ts'
import { toCell } from './to-cell.ts'

/**
 * A column of values that are all there already, with the type that they have in common.
 *
 * @param isOptional - Whether cells may be null. Default: whether one is.
 * @throws {@link InvalidTableError} when they are no list, {@link TableTypeError} when they are of several types,
 *   {@link InvalidCellError} for what cannot be in a table.
 */
export function buildColumn(name: string, values: ArrayLike<unknown>, isOptional?: boolean): GrowingColumn {
  if (typeof values !== 'object' || values === null || !Number.isSafeInteger(values.length) || values.length < 0) {
    throw new InvalidTableError(`The values of column "${name}" are no list.`, 'Pass an array or a typed array.')
  }
  const hasNull = Array.prototype.some.call(values, (value: unknown) => value === null || value === undefined)
  const isFloat = values instanceof Float64Array || values instanceof Float32Array
  const type = (isOptional ?? hasNull) ? optionalOf(columnTypes.unknown) : columnTypes.unknown
  const column = createGrowingColumn({ name, type, isFloat })
  for (let row = 0; row < values.length; row += 1) {
    const cell = toCell(values[row], name)
    // NaN is a gap for W&B, but no reason to refuse a column of measurements.
    column.push(cell, column.typeWith(cell) ?? gapTypeOf(column, cell) ?? refuseCell(column, cell, row))
  }
  return column
}

/** @throws {@link TableTypeError} for a cell that does not fit its column. */
export function refuseCell(column: GrowingColumn, cell: Cell, row: number): never {
  throw new TableTypeError({ column: column.name, expected: describeColumn(column), given: describeCell(cell), row })
}

/** A cell in words, for messages. */
export function describeCell(cell: Cell): string {
  const type = describeColumnType(typeOfCell(cell))
  const isShort = typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean'
  return isShort ? `${JSON.stringify(cell).slice(0, 60)} (${type})` : type
}

function gapTypeOf(column: GrowingColumn, cell: Cell): ColumnType | undefined {
  return Number.isNaN(cell) ? optionalOf(column.type) : undefined
}
