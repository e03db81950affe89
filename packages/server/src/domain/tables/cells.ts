import { createTextPool, type TextPool } from './text-pool.ts'

/** What a cell is. `integer`: beyond ±2⁵³, its digits are in the pool. `json`: a list or an object, its text is in the pool. */
export const cellKinds = { missing: 0, number: 1, boolean: 2, integer: 3, text: 4, json: 5 } as const
const kindCount = 6

/** The cells of a column, as typed arrays. */
export interface Cells {
  readonly length: number
  /** One of {@link cellKinds} for each row. */
  readonly kinds: Uint8Array
  /** Numbers, NaN among them; booleans as 0 and 1; integers rounded. Undefined where no row has any. */
  readonly numbers: Float64Array | undefined
  /** Codes in the pool, of texts, JSON and integers. Undefined where no row has any. */
  readonly codes: Int32Array | undefined
  readonly pool: TextPool
  /** How many rows are of each kind. */
  readonly kindCounts: Readonly<Record<keyof typeof cellKinds, number>>
  readonly sizeBytes: number
}

/** A column that grows row by row. */
export interface CellsBuilder {
  /** What has been added so far; the arrays may be longer than that. */
  readonly cells: Cells
  readonly pool: TextPool
  addMissing(): void
  addNumber(value: number): void
  addBoolean(value: boolean): void
  addCode(kind: 'integer' | 'text' | 'json', code: number, value?: number): void
  /** Takes back the last rows. */
  truncate(length: number): void
  /** Gives back memory that only growing needs; nothing can be added any more. */
  compact(): void
}

const firstCapacity = 32

/** An empty column. */
export function createCells(pool: TextPool = createTextPool()): CellsBuilder {
  let length = 0
  let kinds = new Uint8Array(firstCapacity)
  let numbers: Float64Array | undefined
  let codes: Int32Array | undefined
  const counts = new Uint32Array(kindCount)

  const add = (kind: number): number => {
    if (length === kinds.length) {
      kinds = resize(kinds, 2 * length)
      if (numbers !== undefined) numbers = resize(numbers, 2 * length)
      if (codes !== undefined) codes = resize(codes, 2 * length)
    }
    kinds[length] = kind
    counts[kind]! += 1
    length += 1
    return length - 1
  }

  return {
    pool,
    get cells(): Cells {
      const [missing, number, boolean, integer, text, json] = counts as unknown as number[]
      return {
        length,
        kinds,
        numbers,
        codes,
        pool,
        kindCounts: {
          missing: missing!,
          number: number!,
          boolean: boolean!,
          integer: integer!,
          text: text!,
          json: json!,
        },
        sizeBytes: kinds.byteLength + (numbers?.byteLength ?? 0) + (codes?.byteLength ?? 0) + pool.sizeBytes,
      }
    },
    addMissing: () => void add(cellKinds.missing),
    addNumber(value) {
      const row = add(cellKinds.number)
      numbers ??= new Float64Array(kinds.length)
      numbers[row] = value
    },
    addBoolean(value) {
      const row = add(cellKinds.boolean)
      numbers ??= new Float64Array(kinds.length)
      numbers[row] = value ? 1 : 0
    },
    addCode(kind, code, value) {
      const row = add(cellKinds[kind])
      codes ??= new Int32Array(kinds.length)
      codes[row] = code
      if (value === undefined) return
      numbers ??= new Float64Array(kinds.length)
      numbers[row] = value
    },
    truncate(to) {
      while (length > to) {
        length -= 1
        counts[kinds[length]!]! -= 1
      }
    },
    compact() {
      kinds = kinds.slice(0, length)
      numbers = numbers?.slice(0, length)
      codes = codes?.slice(0, length)
      pool.compact()
    },
  }
}

function resize<T extends Uint8Array | Float64Array | Int32Array>(array: T, length: number): T {
  const larger = new (array.constructor as new (length: number) => T)(length)
  larger.set(array)
  return larger
}
