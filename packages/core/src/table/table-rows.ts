import { InvalidTableError } from '../errors.ts'
import { describeValue } from '../values/describe-value.ts'
import { isIterable } from '../values/duck-types.ts'

/** Whether a value is an object of cells by column, and no value of a cell by its own. */
export function isRowObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** The columns of objects, in the order in which they first appear. */
export function columnsOf(rows: readonly object[]): string[] {
  const names = new Set<string>()
  for (const row of rows) for (const name of Object.keys(row ?? {})) names.add(name)
  return [...names]
}

/**
 * The values of a row in the order of the columns. What an object does not have is null.
 *
 * @throws {@link InvalidTableError} when there are more or fewer values than columns, or an object has other keys.
 */
export function toRowValues(row: unknown, columns: readonly string[]): readonly unknown[] {
  if (isRowObject(row)) {
    for (const key of Object.keys(row)) {
      if (!columns.includes(key)) throw unknownColumn(key, columns)
    }
    // Not what every object has: a column may be called `constructor`.
    return columns.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined))
  }
  const values: readonly unknown[] = isIterable(row) ? [...row] : []
  if (values.length === columns.length && typeof row === 'object') return values
  throw new InvalidTableError(
    `A row of this table has ${columns.length} values (${columns.join(', ')}); ${values.length} were given.`,
    'Give one value for each column, or an object of values by column.',
  )
}

/** The error for a column that a table does not have. */
export function unknownColumn(name: unknown, columns: readonly string[]): InvalidTableError {
  return new InvalidTableError(
    `The table has no column ${describeValue(name)}.`,
    `Its columns are ${columns.join(', ')}. New ones are added with addColumn.`,
  )
}

/**
 * Checks names of columns.
 *
 * @throws {@link InvalidTableError} when one is no text, or given twice.
 */
export function checkColumnNames(names: unknown): asserts names is readonly string[] {
  if (!Array.isArray(names)) throw new InvalidTableError('Columns are a list of names.', "Pass columns: ['x', 'y'].")
  const seen = new Set<unknown>()
  for (const name of names) {
    if (typeof name !== 'string') {
      throw new InvalidTableError(`A column is named by a text, not ${describeValue(name)}.`, 'Use String(name).')
    }
    if (seen.has(name))
      throw new InvalidTableError(`Column "${name}" is there twice.`, 'Give each column its own name.')
    seen.add(name)
  }
}
