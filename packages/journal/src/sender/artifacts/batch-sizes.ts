// Figures of W&B's client: small at first, so that uploads begin at once, and as large as servers take later.
const batchFilesMin = 25
const batchFilesMax = 2000
const quickBatchMs = 2_000
const slowBatchMs = 10_000

/** Number of files that are announced at once, following how long batches take. */
export interface BatchSizes {
  readonly current: number
  /** Tells how long a batch took from its announcement to its last upload. */
  note(fileCount: number, durationMs: number): void
}

export function createBatchSizes(): BatchSizes {
  let current = batchFilesMin
  return {
    get current() {
      return current
    },
    note(fileCount, durationMs) {
      // A batch that was not full says little about full ones.
      if (durationMs < quickBatchMs && fileCount >= current) current = Math.min(batchFilesMax, current * 2)
      else if (durationMs > slowBatchMs) current = Math.max(batchFilesMin, Math.ceil(current / 2))
    },
  }
}
