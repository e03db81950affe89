import type { MediaSnapshot } from '@lossline/journal'
import { type ColumnType, describeColumnType, type JsonValue, optionalOf, type TableLogMode } from '@lossline/protocol'
import { InvalidTableError, TableTypeError } from '../errors.ts'
import { type MediaPlace, MediaValue } from '../media/media-value.ts'
import { checkOptions } from '../options/check-options.ts'
import { isIterable } from '../values/duck-types.ts'
import { buildColumn, describeCell, refuseCell } from './build-column.ts'
import { type ColumnTypeSpec, toColumnType } from './column-type-spec.ts'
import { fromCell } from './from-cell.ts'
import type { Cell } from './growing-cells.ts'
import type { GrowingColumn } from './growing-column.ts'
import { type ReadTableOptions, readTable } from './read-table.ts'
import { createTableBindings } from './table-bindings.ts'
import { readTableOptions, type TableOptions, type TableRow } from './table-options.ts'
import { checkColumnNames, columnsOf, isRowObject, toRowValues, unknownColumn } from './table-rows.ts'
import { toCell } from './to-cell.ts'

/**
 * A table of values, texts, times, lists and media, with typed columns. `run.log` writes it into the run (the first
 * 10,000 rows) and as an artifact (up to 200,000 rows).
 *
 * Cells can be numbers, bigints, texts, booleans, null, Dates, arrays, objects, typed arrays and media. They are copied
 * when they are added; rows may be added right after `run.log`.
 *
 * @example
 * const table = new Table({ columns: ['text', 'label', 'score'] })
 * table.addRow('good', 'positive', 0.98)
 * run.log({ predictions: table })
 */
export class Table extends MediaValue {
  /** What logging the table again does. */
  readonly logMode: TableLogMode
  #columns: GrowingColumn[] = []
  #names: readonly string[] = []
  #rowCount = 0
  #changeCount = 0
  readonly #bindings = createTableBindings()

  /**
   * @param options - Or the rows as objects.
   * @throws {@link InvalidTableError} when names, rows or types do not go together, {@link TableTypeError} when a value
   *   does not fit its column.
   */
  constructor(options: TableOptions | readonly Readonly<Record<string, unknown>>[] = {}) {
    super()
    const { logMode, columns, rows } = readTableOptions(options)
    this.logMode = logMode
    this.#setColumns(columns)
    for (const row of rows) this.#addValues(toRowValues(row, this.#names))
  }

  /**
   * A table of objects. Columns are all their keys, in the order in which they appear; what an object lacks is null.
   *
   * @throws as the constructor does.
   */
  static fromObjects(
    rows: readonly Readonly<Record<string, unknown>>[],
    options: Omit<TableOptions, 'rows' | 'data'> = {},
  ): Table {
    if (!Array.isArray(rows) || !rows.every(isRowObject)) {
      throw new InvalidTableError('Rows are a list of objects.', 'Pass [{ x: 1 }, { x: 2 }].')
    }
    return new Table({ columns: columnsOf(rows), ...options, rows })
  }

  /**
   * A table of columns by name, each an array or a typed array of the same length.
   *
   * @throws as {@link addColumn} does.
   */
  static fromColumns(
    columns: Readonly<Record<string, ArrayLike<unknown>>>,
    options: Pick<TableOptions, 'logMode'> = {},
  ): Table {
    if (typeof columns !== 'object' || columns === null || Array.isArray(columns)) {
      throw new InvalidTableError('Columns are an object of arrays by name.', 'Pass { x: [1, 2], y: [3, 4] }.')
    }
    const table = new Table({ ...options, columns: [] })
    for (const [name, values] of Object.entries(columns)) table.#appendColumn(name, values, undefined)
    return table
  }

  /**
   * Reads a table back: the JSON of a file `….table.json` of an artifact, or of a run, which holds no media and no types.
   * Times are Dates again, media {@link MediaReference}s. The numbers of arrays of more than 150 lie in a file of their
   * own, which is read with `options.readFile`; without it their columns come back empty.
   *
   * @param json - Text, or what `JSON.parse` made of it.
   * @throws {@link ProtocolError} `invalid-json` or `invalid-table` when it is no table.
   * @example const table = Table.fromJson(await file.text())
   */
  static fromJson(json: string | JsonValue, options: ReadTableOptions = {}): Table {
    const { logMode, rowCount, columns } = readTable(json, options ?? {})
    const table = new Table({ columns: [], logMode })
    table.#setColumns([...columns])
    table.#rowCount = rowCount
    return table
  }

  /** Names of the columns. */
  get columns(): readonly string[] {
    return this.#names
  }

  get rowCount(): number {
    return this.#rowCount
  }

  /** The types of the columns in words, such as `number or none`. */
  get columnTypes(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#columns.map((column) => [column.name, describeColumnType(column.type)]))
  }

  /**
   * Adds a row. A value that does not fit leaves the table as it was.
   *
   * @param values - One for each column in their order, or one object of values by column; `undefined` becomes null. In
   *   a table of one column an object is a row only if it has the column's name as a key, else it is the cell.
   * @returns the table.
   * @throws {@link InvalidTableError} for too many or too few values, {@link TableTypeError} for a value of another type
   *   than its column's, {@link InvalidCellError} for what cannot be in a table.
   */
  addRow(...values: readonly unknown[]): this {
    const only = values[0]
    const isByColumn =
      values.length === 1 &&
      isRowObject(only) &&
      (this.#names.length !== 1 || Object.hasOwn(only, this.#names[0] ?? ''))
    this.#addValues(toRowValues(isByColumn ? only : values, this.#names))
    return this
  }

  /** The same as {@link addRow}, as W&B calls it. */
  addData(...values: readonly unknown[]): this {
    return this.addRow(...values)
  }

  /**
   * Adds rows. If one of them does not fit, those before it stay.
   *
   * @throws as {@link addRow} does.
   */
  addRows(rows: Iterable<TableRow>): this {
    if (!isIterable(rows)) {
      throw new InvalidTableError('addRows takes a list of rows.', 'A single row is added with addRow.')
    }
    for (const row of rows) this.#addValues(toRowValues(row, this.#names))
    return this
  }

  /**
   * Adds a column behind the others.
   *
   * @param values - One for each row; of the first column any number. A typed array of floats is written with decimals.
   * @throws {@link InvalidTableError} for a name that is taken, another number of values than rows, or a table that is
   *   logged in increments; {@link TableTypeError} when the values are of several types.
   */
  addColumn(name: string, values: ArrayLike<unknown>, options: { readonly optional?: boolean } = {}): this {
    checkOptions('addColumn', options, { optional: true })
    this.#refuseWhenIncremental('addColumn')
    this.#appendColumn(name, values, options.optional)
    return this
  }

  /**
   * Adds columns that follow from the others.
   *
   * @param compute - Gets the number of a row and its values by column; returns the new values by name.
   * @throws as {@link addColumn} does; the table is as it was then.
   */
  addComputedColumns(
    compute: (row: number, values: Record<string, unknown>) => Readonly<Record<string, unknown>>,
  ): this {
    this.#refuseWhenIncremental('addComputedColumns')
    if (typeof compute !== 'function') {
      throw new InvalidTableError('addComputedColumns takes a function.', 'Pass (row, values) => ({ name: value }).')
    }
    const computed = Array.from(this.iterateObjects(), (values, row) => compute(row, values))
    const before = this.#columns
    try {
      for (const name of columnsOf(computed)) {
        this.addColumn(
          name,
          computed.map((values) => (Object.hasOwn(values, name) ? values[name] : undefined)),
        )
      }
    } catch (error) {
      this.#setColumns(before)
      throw error
    }
    return this
  }

  /**
   * The values of a column, from the first row on.
   *
   * @throws {@link InvalidTableError} when there is no such column.
   */
  getColumn(name: string): unknown[] {
    const column = this.#columnNamed(name)
    return Array.from({ length: this.#rowCount }, (_, row) => fromCell(column.read(row)))
  }

  /** The values of a row in the order of the columns; `undefined` when there is no such row. */
  getRow(row: number): unknown[] | undefined {
    if (!(Number.isInteger(row) && row >= 0 && row < this.#rowCount)) return undefined
    return this.#columns.map((column) => fromCell(column.read(row)))
  }

  /** The rows, each a list of values in the order of the columns. */
  *[Symbol.iterator](): IterableIterator<unknown[]> {
    for (let row = 0; row < this.#rowCount; row += 1) yield this.getRow(row) ?? []
  }

  /** The rows as objects by column. */
  *iterateObjects(): IterableIterator<Record<string, unknown>> {
    for (const values of this) yield Object.fromEntries(this.#names.map((name, index) => [name, values[index]]))
  }

  /**
   * Gives a column a type, which its values must have already.
   *
   * @param options.optional - Whether cells may be null. Default false.
   * @throws {@link TableTypeError} when a value does not fit, {@link InvalidTableError} for a column or type that there is
   *   not.
   */
  cast(name: string, type: ColumnTypeSpec, options: { readonly optional?: boolean } = {}): this {
    checkOptions('cast', options, { optional: true })
    const column = this.#columnNamed(name)
    const wanted = options.optional ? optionalOf(toColumnType(type)) : toColumnType(type)
    const row = column.cast(wanted)
    if (row !== undefined) {
      throw new TableTypeError({
        column: name,
        expected: describeColumnType(wanted),
        given: describeCell(column.read(row)),
        row,
      })
    }
    this.#changeCount += 1
    return this
  }

  override toSnapshot(place?: MediaPlace): MediaSnapshot {
    return this.#bindings.snapshot(place, {
      logMode: this.logMode,
      changeCount: this.#changeCount,
      rowCount: this.#rowCount,
      slice: (first, count) => this.#columns.map((column) => column.slice(first, count)),
    })
  }

  #appendColumn(name: string, values: ArrayLike<unknown>, isOptional: boolean | undefined): void {
    checkColumnNames([...this.#names, name])
    const column = buildColumn(name, values, isOptional)
    if (this.#columns.length > 0 && column.length !== this.#rowCount) {
      throw new InvalidTableError(
        `The table has ${this.#rowCount} rows, and column "${name}" ${column.length} values.`,
        'Give one value for each row.',
      )
    }
    this.#changeCount += 1
    this.#rowCount = column.length
    this.#setColumns([...this.#columns, column])
  }

  #addValues(values: readonly unknown[]): void {
    const columns = this.#columns
    const cells: Cell[] = new Array(values.length)
    const types: ColumnType[] = new Array(values.length)
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index] as GrowingColumn
      const cell = toCell(values[index], column.name)
      cells[index] = cell
      types[index] = column.typeWith(cell) ?? refuseCell(column, cell, this.#rowCount)
    }
    for (let index = 0; index < columns.length; index += 1) {
      ;(columns[index] as GrowingColumn).push(cells[index] as Cell, types[index] as ColumnType)
    }
    this.#rowCount += 1
    this.#changeCount += 1
  }

  #setColumns(columns: GrowingColumn[]): void {
    this.#columns = columns
    this.#names = Object.freeze(columns.map(({ name }) => name))
  }

  #columnNamed(name: string): GrowingColumn {
    const column = this.#columns.find((candidate) => candidate.name === name)
    if (column === undefined) throw unknownColumn(name, this.#names)
    return column
  }

  #refuseWhenIncremental(call: string): void {
    if (this.logMode !== 'INCREMENTAL') return
    throw new InvalidTableError(
      `${call} is not possible for a table that is logged in increments.`,
      "Add the column before the first row, or use logMode: 'MUTABLE'.",
    )
  }
}
