import { controlWord, entryKind, type RingMemory, rowHeaderCells } from './ring-memory.ts'

/** What is done with the entries of the ring, in order. */
export interface RingEntryHandler {
  /**
   * A row; its values begin at `cells[offset]`, in the order of its shape's keys, and are only valid during the call.
   *
   * @returns how many values the row has.
   */
  handleRow(shapeId: number, packedStep: number, timeMs: number, cells: Float64Array, offset: number): number
  /**
   * A marker: one message of the slow lane is next.
   *
   * @returns true when reading shall stop behind it, because it took long or much memory waits for its release.
   */
  handleMarker(): boolean
}

/** The reading end of the ring. One thread at a time has it. */
export interface RingConsumer {
  /**
   * Hands over published entries, at most about `cellCountMax` cells of them.
   *
   * @returns the number of cells read; 0 = the ring is empty.
   */
  read(cellCountMax: number): number
  /** Gives the cells read so far back to the producer. Call it when what they held is safe. */
  release(): void
}

/** Makes the reading end of a ring; it begins at the ring's tail. */
export function createRingConsumer(memory: RingMemory, handler: RingEntryHandler): RingConsumer {
  const { control, cells } = memory
  const mask = cells.length - 1
  let position = Atomics.load(control, controlWord.tail)
  let isStopped = false

  function readEntry(): number {
    const start = position & mask
    const kind = cells[start] as number
    if (kind === entryKind.skip) return cells.length - start
    if (kind === entryKind.marker) {
      isStopped = handler.handleMarker()
      return cells[start + 1] as number
    }
    const step = cells[start + 1] as number
    const timeMs = cells[start + 2] as number
    return rowHeaderCells + handler.handleRow(kind, step, timeMs, cells, start + rowHeaderCells)
  }

  return {
    read(cellCountMax) {
      const head = Atomics.load(control, controlWord.head)
      const available = (head - position) | 0
      const wanted = Math.min(available, cellCountMax)
      let taken = 0
      isStopped = false
      while (taken < wanted && !isStopped) {
        const count = readEntry()
        position = (position + count) | 0
        taken += count
      }
      return taken
    },
    release() {
      Atomics.store(control, controlWord.tail, position)
      if (Atomics.load(control, controlWord.producerWaits) === 1) Atomics.notify(control, controlWord.tail)
    },
  }
}
