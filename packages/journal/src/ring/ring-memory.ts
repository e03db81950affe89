/** The memory that the training thread and the worker share: a few control words and a ring of 64-bit cells. */
export interface RingMemory {
  /** Control words, each on its own cache line; see {@link controlWord}. */
  readonly control: Int32Array
  /** The ring. Its length is a power of two. */
  readonly cells: Float64Array
}

// 16 Int32 = one cache line each, so that the two threads do not fight over a line that holds both their words.
/** Index of each control word in {@link RingMemory.control}. */
export const controlWord = {
  /** Cells ever published by the producer, modulo 2^32. */
  head: 0,
  /** Cells ever released by the consumer, modulo 2^32. The rows before it are in the file. */
  tail: 16,
  /** Who may drain and write the file: one of {@link ringOwner}. */
  owner: 32,
  /** 1 while the worker sleeps and wants a wake message with the next row. */
  sleeping: 48,
  /** 1 while the producer waits for space. */
  producerWaits: 64,
  /** Replies ever posted by the worker. */
  replies: 80,
  /** Counts up with every drain; stands still when the worker hangs or is gone. */
  turns: 96,
  /** The worker's thread id in the operating system (Linux), 0 = unknown. */
  workerThread: 112,
  /** File descriptor of the journal: changes when the file has to be made anew. */
  fileDescriptor: 128,
  /** Messages of the slow lane that were taken and are safe. */
  messagesTaken: 144,
} as const

const controlWordCount = 160

/** Values of the control word `owner`. It only ever moves downwards in this list. */
export const ringOwner = { nobody: 0, worker: 1, nobodyAnyMore: 2, producer: 3 } as const

/** What stands in the first cell of a ring entry that is not a row. Rows have their shape's id there (>= 0). */
export const entryKind = {
  /** A message waits in the slow lane; the second cell says how many cells the entry takes. */
  marker: -1,
  /** Nothing more before the end of the ring; the next entry is at cell 0. */
  skip: -2,
} as const

/** Cells of a row before its values: shape id, step, time. */
export const rowHeaderCells = 3

/**
 * A row's step and whether it ends the step, in one number: `step` when the row commits, `-1 - step` when more may be
 * merged into it.
 */
export function packStep(step: number, isCommitted: boolean): number {
  return isCommitted ? step : -1 - step
}

/**
 * Makes the memory of a ring.
 *
 * @param ringBytes - Size of the ring, rounded up to a power of two; at least 1 KiB.
 * @param isShared - false gives plain memory, for a ring that never leaves its thread.
 */
export function createRingMemory(ringBytes: number, isShared: boolean): RingMemory {
  const cellCount = 2 ** Math.ceil(Math.log2(Math.max(ringBytes, 1024) / 8))
  const controlBytes = controlWordCount * Int32Array.BYTES_PER_ELEMENT
  const cellBytes = cellCount * Float64Array.BYTES_PER_ELEMENT
  const allocate = (bytes: number) => (isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes))
  return { control: new Int32Array(allocate(controlBytes)), cells: new Float64Array(allocate(cellBytes)) }
}
