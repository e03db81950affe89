import { type ColumnType, columnTypes, optionalOf, type TableLogMode } from '@lossline/protocol'
import { InvalidTableError } from '../errors.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { describeValue } from '../values/describe-value.ts'
import { type ColumnTypeSpec, toColumnType } from './column-type-spec.ts'
import { createGrowingColumn, type GrowingColumn } from './growing-column.ts'
import { checkColumnNames, columnsOf, isRowObject, unknownColumn } from './table-rows.ts'

/** One row: values in the order of the columns, or by column. */
export type TableRow = readonly unknown[] | Readonly<Record<string, unknown>>

/** What a {@link Table} is made of. */
export interface TableOptions {
  /** Names of the columns. Default: those of the rows, if they are objects; else `Input`, `Output`, `Expected`. */
  readonly columns?: readonly string[] | undefined
  /** The first rows: lists in the order of the columns, or objects by column. Default: none. */
  readonly rows?: readonly TableRow[] | undefined
  /** The same as `rows`, as W&B calls it. */
  readonly data?: readonly TableRow[] | undefined
  /** Types of columns. Default: that of a column's first value. */
  readonly columnTypes?: Readonly<Record<string, ColumnTypeSpec>> | undefined
  /** Whether columns take values of any types. Default false. */
  readonly allowMixedTypes?: boolean | undefined
  /** Whether cells may be null, for all columns or by column. Default true. */
  readonly optional?: boolean | Readonly<Record<string, boolean>> | undefined
  /**
   * What logging the table again does. `IMMUTABLE` (default): it repeats the first version. `MUTABLE`: a table that
   * changed is a new version. `INCREMENTAL`: each log holds the rows that are new, and columns stay as they are.
   */
  readonly logMode?: TableLogMode | undefined
}

const tableOptionNames: OptionNames<TableOptions> = {
  columns: true,
  rows: true,
  data: true,
  columnTypes: true,
  allowMixedTypes: true,
  optional: true,
  logMode: true,
}

const columnsDefault = ['Input', 'Output', 'Expected']
const logModes: readonly TableLogMode[] = ['IMMUTABLE', 'MUTABLE', 'INCREMENTAL']

/** What the options say, checked: empty columns, and the rows that go into them. */
export interface TableStart {
  readonly logMode: TableLogMode
  readonly columns: GrowingColumn[]
  readonly rows: readonly TableRow[]
}

/**
 * Reads the options of a table, or the list of objects that stands for them.
 *
 * @throws {@link InvalidTableError} when names, rows or types do not go together.
 */
export function readTableOptions(options: TableOptions | readonly Readonly<Record<string, unknown>>[]): TableStart {
  if (typeof options !== 'object' || options === null) {
    throw new InvalidTableError(
      `A table is made of an object of options or a list of objects, not of ${describeValue(options)}.`,
      'Pass { columns, rows }, or rows as objects: new Table([{ x: 1 }, { x: 2 }]).',
    )
  }
  if (!isList(options)) checkOptions('new Table', options, tableOptionNames)
  const { rows, data, logMode = 'IMMUTABLE', ...rest }: TableOptions = isList(options) ? { rows: options } : options
  if (rows !== undefined && data !== undefined) {
    throw new InvalidTableError('A table was given both rows and data.', 'They are two names for one thing: pass one.')
  }
  if (!logModes.includes(logMode)) {
    throw new InvalidTableError(`There is no log mode ${describeValue(logMode)}.`, `Modes are ${logModes.join(', ')}.`)
  }
  const firstRows = rows ?? data ?? []
  if (!Array.isArray(firstRows)) throw new InvalidTableError('Rows are a list.', 'Pass rows: [[1, 2], [3, 4]].')
  const names = rest.columns ?? defaultColumns(firstRows)
  checkColumnNames(names)
  for (const name of Object.keys(rest.columnTypes ?? {})) if (!names.includes(name)) throw unknownColumn(name, names)
  return {
    logMode,
    columns: names.map((name) => createGrowingColumn({ name, type: typeFromOptions(name, rest) })),
    rows: firstRows,
  }
}

function isList(options: TableOptions | readonly unknown[]): options is readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(options)
}

function defaultColumns(rows: readonly TableRow[]): readonly string[] {
  if (rows.length > 0 && rows.every(isRowObject)) return columnsOf(rows)
  const [first] = rows
  if (Array.isArray(first) && first.length !== columnsDefault.length) {
    throw new InvalidTableError(
      `Rows that are lists need the names of their columns; these have ${first.length}.`,
      "Pass new Table({ columns: ['x', 'y'], rows: [[1, 2], [3, 4]] }), or rows as objects.",
    )
  }
  return columnsDefault
}

function typeFromOptions(
  name: string,
  { columnTypes: specs, allowMixedTypes, optional }: Omit<TableOptions, 'rows' | 'data' | 'logMode'>,
): ColumnType {
  const spec = ownOf(specs, name)
  const type = spec !== undefined ? toColumnType(spec) : allowMixedTypes ? columnTypes.any : columnTypes.unknown
  const mayBeNull = typeof optional === 'boolean' ? optional : (ownOf(optional, name) ?? true)
  return mayBeNull ? optionalOf(type) : type
}

/** A column may be called `constructor`, which every object has. Callers in JavaScript pass null for nothing. */
function ownOf<Value>(byColumn: Readonly<Record<string, Value>> | null | undefined, name: string): Value | undefined {
  return byColumn && Object.hasOwn(byColumn, name) ? byColumn[name] : undefined
}
