import { createSeededRandom } from '../bootstrap/seeded-random.ts'

/** Rows of numbers, all of the same width: all of them up to a bound, and a fair sample beyond. */
export interface ValueStore {
  /** Numbers a row. */
  readonly width: number
  /** Rows that were offered. */
  readonly offeredCount: number
  /** Rows that are kept. */
  readonly rowCount: number
  /** Bytes of what is kept. */
  readonly sizeBytes: number
  add(values: ArrayLike<number>): void
  /** Rows × width, row by row; in no particular order once it is a sample. Shares its memory with the store. */
  values(): Float32Array | Float64Array
  /** One number of each row, in the same order. A copy. */
  column(index: number): Float64Array
}

/** Settings of {@link createValueStore}. */
export interface ValueStoreOptions {
  /** Numbers a row. */
  readonly width: number
  readonly bytesMax: number
  readonly seed: number
}

/**
 * Keeps rows as float32 as long as all come as such, which takes half the room, and as float64 after that. Beyond the bound each
 * row has the same chance to stay (Algorithm R, Vitter 1985).
 */
export function createValueStore({ width, bytesMax, seed }: ValueStoreOptions): ValueStore {
  const random = createSeededRandom(seed)
  let kept: Float32Array | Float64Array = new Float32Array(0)
  let rowCount = 0
  let offeredCount = 0
  let isFull = false

  const rowsMax = (): number => Math.max(1, Math.floor(bytesMax / (width * kept.BYTES_PER_ELEMENT)))
  const widen = (): void => {
    const rows = Math.min(rowCount, Math.max(1, Math.floor(bytesMax / (width * 8))))
    // Rows beyond the smaller number are taken away at random, which leaves a fair sample.
    for (let row = rowCount; row > rows; row -= 1) {
      const place = Math.floor(random() * row)
      kept.copyWithin(place * width, (row - 1) * width, row * width)
    }
    isFull ||= rows < rowCount
    rowCount = rows
    kept = Float64Array.from(kept.subarray(0, rows * width))
  }
  const grow = (): void => {
    const rows = Math.min(rowsMax(), Math.max(256, Math.ceil(rowCount * 1.5)))
    const grown = kept instanceof Float32Array ? new Float32Array(rows * width) : new Float64Array(rows * width)
    grown.set(kept.subarray(0, rowCount * width))
    kept = grown
  }

  return {
    width,
    get offeredCount() {
      return offeredCount
    },
    get rowCount() {
      return rowCount
    },
    get sizeBytes() {
      return kept.byteLength
    },
    add(values) {
      if (kept instanceof Float32Array && !(values instanceof Float32Array)) widen()
      offeredCount += 1
      isFull ||= rowCount >= rowsMax()
      if (isFull) {
        const place = Math.floor(random() * offeredCount)
        if (place < rowCount) kept.set(values, place * width)
        return
      }
      if ((rowCount + 1) * width > kept.length) grow()
      kept.set(values, rowCount * width)
      rowCount += 1
    },
    values: () => kept.subarray(0, rowCount * width),
    column(index) {
      // A loop, because `from` with a function is ten times slower.
      const column = new Float64Array(rowCount)
      for (let row = 0; row < rowCount; row += 1) column[row] = kept[row * width + index]!
      return column
    },
  }
}
