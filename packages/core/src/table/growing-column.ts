import type { MediaSnapshot } from '@lossline/journal'
import {
  assignCell,
  type ColumnType,
  columnTypes,
  describeColumnType,
  type TableColumn,
  typeOfCell,
} from '@lossline/protocol'
import { type Cell, createGrowingCells, type GrowingCells, toValueCells } from './growing-cells.ts'

/** A column of a table, with its type as far as the values have shown it. */
export interface GrowingColumn {
  readonly name: string
  readonly type: ColumnType
  readonly length: number
  /** The column's type with this cell in it; `undefined` when the cell does not fit. Changes nothing. */
  typeWith(cell: Cell): ColumnType | undefined
  /** Adds a cell that fits; `type` is what {@link typeWith} said. */
  push(cell: Cell, type: ColumnType): void
  /** Gives the column another type, if all its cells fit. Returns the first row that does not; `undefined` = done. */
  cast(type: ColumnType): number | undefined
  read(row: number): Cell
  /** The cells from `first` on, as they are handed to the thread that writes. */
  slice(first: number, count: number): TableColumn<MediaSnapshot>
}

/** What a column is made with. */
export interface GrowingColumnOptions {
  readonly name: string
  readonly type: ColumnType
  /** Whether whole numbers are written as `1.0`. Default false. */
  readonly isFloat?: boolean
}

/** Makes an empty column. */
export function createGrowingColumn({ name, type: firstType, isFloat = false }: GrowingColumnOptions): GrowingColumn {
  let type = firstType
  let fits = fastCheckOf(type)
  // Only nothing so far: what it will be shows the first value.
  let nullCount = 0
  let cells: GrowingCells | undefined

  function setType(next: ColumnType): void {
    if (next === type) return
    type = next
    fits = fastCheckOf(type)
  }

  function cellsFor(cell: Cell): GrowingCells {
    if (cells === undefined) {
      const cellType = typeOfCell(cell)
      cells = createGrowingCells(cellType.kind === 'none' ? columnTypes.number : cellType, { isFloat })
      for (let row = 0; row < nullCount; row += 1) cells.push(null)
    }
    return cells
  }

  return {
    name,
    get type() {
      return type
    },
    get length() {
      return cells?.length ?? nullCount
    },
    typeWith: (cell) => (fits(cell) ? type : assignCell(type, cell)),
    push(cell, nextType) {
      setType(nextType)
      if (cell === null && cells === undefined) {
        nullCount += 1
        return
      }
      if (cellsFor(cell).push(cell)) return
      // A column of mixed types.
      cells = toValueCells(cellsFor(cell))
      cells.push(cell)
    },
    cast(wanted) {
      let next: ColumnType | undefined = wanted
      for (let row = 0; row < (cells?.length ?? nullCount); row += 1) {
        next = assignCell(next, cells?.read(row) ?? null)
        if (next === undefined) return row
      }
      setType(next)
      return undefined
    },
    read: (row) => cells?.read(row) ?? null,
    slice(first, count) {
      const empty = { kind: 'values', values: new Array<Cell>(count).fill(null) } as const
      return { name, type, cells: cells?.slice(first, count) ?? empty }
    },
  }
}

/** A quick yes for what most cells are. */
function fastCheckOf(type: ColumnType): (cell: Cell) => boolean {
  const members = type.kind === 'union' ? type.members : [type]
  const has = (kind: ColumnType['kind']) => members.some((member) => member.kind === kind)
  const [hasNumber, hasString, hasBoolean, hasNone] = [has('number'), has('string'), has('boolean'), has('none')]
  return (cell) => {
    switch (typeof cell) {
      case 'number':
        return hasNumber && !Number.isNaN(cell)
      case 'string':
        return hasString
      case 'boolean':
        return hasBoolean
      default:
        return cell === null && hasNone
    }
  }
}

/** What a column takes, in words: `number or none`. */
export function describeColumn({ type }: GrowingColumn): string {
  return describeColumnType(type).replace(' or unknown', ' or anything')
}
