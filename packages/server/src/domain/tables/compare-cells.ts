import type { ComparisonOperator } from '@lossline/protocol'
import { cellKinds } from './cells.ts'
import { isChanged } from './describe-columns.ts'
import { naturalKey } from './natural-order.ts'
import { shownText } from './shown-text.ts'
import { cellRow, codeAt, kindAt, numberAt, type TableColumn } from './table-data.ts'

/** A number; an integer where it is known to the last digit. JavaScript compares both kinds exactly by `<` and `>`. */
export type ExactNumber = number | bigint

/** Whether numbers are in an order. False for NaN, which is neither below nor above anything. */
export function holds(one: ExactNumber, operator: ComparisonOperator, other: ExactNumber): boolean {
  switch (operator) {
    case '=':
      return one >= other && one <= other
    case '!=':
      return !holds(one, '=', other)
    case '<':
      return one < other
    case '<=':
      return one <= other
    case '>':
      return one > other
    case '>=':
      return one >= other
  }
}

/** A number that was written as a text; undefined for what is none. */
export function readNumber(text: string): ExactNumber | undefined {
  if (text === 'NaN') return Number.NaN
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isNaN(number)) return undefined
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? BigInt(text) : number
}

/** A cell as number, integers beyond ±2⁵³ with all their digits; as {@link numberAt} otherwise. */
export function exactAt(column: TableColumn, row: number): ExactNumber {
  return kindAt(column, row) === cellKinds.integer
    ? BigInt(column.cells.pool.text(codeAt(column, row)))
    : numberAt(column, row)
}

/** Whether two cells of a row hold the same. NaN is as NaN is, missing as missing, and a number as a text that it is written as. */
export function isSameCell(one: TableColumn, other: TableColumn, row: number): boolean {
  if (kindAt(one, row) === kindAt(other, row)) return !isChanged(one, other, row)
  const [a, b] = [valueAt(one, row), valueAt(other, row)]
  if (a === undefined || b === undefined) return false
  if (isNumber(a) || isNumber(b)) {
    const [left, right] = [toNumber(a), toNumber(b)]
    if (left === undefined || right === undefined) return false
    return holds(left, '=', right) || (Number.isNaN(left) && Number.isNaN(right))
  }
  return String(a) === String(b)
}

/** Whether two cells of a row are in an order: numbers by size, texts in their natural order. Missing cells and booleans have none. */
export function compareCells(
  one: TableColumn,
  other: TableColumn,
  { operator, row }: { readonly operator: ComparisonOperator; readonly row: number },
): boolean {
  if (operator === '=') return isSameCell(one, other, row)
  if (operator === '!=') return !isSameCell(one, other, row)
  const [a, b] = [valueAt(one, row), valueAt(other, row)]
  if (a === undefined || b === undefined || typeof a === 'boolean' || typeof b === 'boolean') return false
  if (typeof a === 'string' && typeof b === 'string') {
    return holds(Buffer.compare(naturalKey(a), naturalKey(b)), operator, 0)
  }
  const [left, right] = [toNumber(a), toNumber(b)]
  return left !== undefined && right !== undefined && holds(left, operator, right)
}

type CellValue = ExactNumber | boolean | string

function valueAt(column: TableColumn, row: number): CellValue | undefined {
  const at = cellRow(column, row)
  switch (kindAt(column, row)) {
    case cellKinds.missing:
      return undefined
    case cellKinds.boolean:
      return column.cells.numbers![at] === 1
    case cellKinds.number:
    case cellKinds.integer:
      return exactAt(column, row)
    case cellKinds.json:
      return shownText(column.cells.pool.text(codeAt(column, row)))
    default:
      return column.cells.pool.text(codeAt(column, row))
  }
}

function isNumber(value: CellValue): value is ExactNumber {
  return typeof value === 'number' || typeof value === 'bigint'
}

/** Booleans are no numbers here: `true` is not 1. */
function toNumber(value: CellValue): ExactNumber | undefined {
  if (typeof value === 'boolean') return undefined
  return typeof value === 'string' ? readNumber(value) : value
}
