import type { MediaValue } from '@lossline/core'

type Cells = Readonly<Record<string, unknown>>

/** Watches over the bytes that the rows of tables hold. */
export interface CellBudget {
  /** Whether there is room for what is large in another row. */
  hasRoom(): boolean
  /** Counts the columns of a row that is kept. */
  add(cells: Cells): void
  /** Rows for which there was no room. */
  readonly refusedCount: number
}

/** Weighing all rows takes a while: it has to make this much room, or so many rows are refused before it is done again. */
const roomShare = 0.1
const weighInterval = 1000

/**
 * @param kept - The rows that are kept now: those that were replaced hold no room any more.
 */
export function createCellBudget(bytesMax: number, kept: () => Iterable<Cells>): CellBudget {
  const sizes = new WeakMap<Cells, number>()
  let bytes = 0
  let refusedCount = 0
  let isFull = false
  let asksUntilWeighed = 0

  const weigh = (): void => {
    const rows = new Set(kept())
    bytes = 0
    for (const row of rows) bytes += sizes.get(row) ?? 0
  }
  return {
    get refusedCount() {
      return refusedCount
    },
    hasRoom() {
      if (!isFull && bytes <= bytesMax) return true
      if (asksUntilWeighed === 0) {
        weigh()
        isFull = bytes > bytesMax * (1 - roomShare)
        if (!isFull) return true
        asksUntilWeighed = weighInterval
      }
      asksUntilWeighed -= 1
      refusedCount += 1
      return false
    },
    add(cells) {
      const size = bytesOf(cells)
      sizes.set(cells, size)
      bytes += size
    },
  }
}

/** Roughly what a value takes, of what can be large: texts, arrays and media. */
export function bytesOf(value: unknown): number {
  if (typeof value === 'string') return value.length * 2
  if (typeof value !== 'object' || value === null) return 8
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (Array.isArray(value)) return value.reduce((sum: number, member) => sum + bytesOf(member), 0)
  if ('toSnapshot' in value) return bytesOf((value as MediaValue).toSnapshot())
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return 8
  return Object.values(value).reduce((sum: number, member) => sum + bytesOf(member), 0)
}
