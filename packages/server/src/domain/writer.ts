/** One of several writers of a run, each of which counts its own lines. */
export interface Writer {
  /** Unique in the run. */
  readonly name: string
  /** The writers write at the same time: their rows have no steps, and what they say of the run is merged. */
  readonly isShared: boolean
}
