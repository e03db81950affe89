import type { Suggestion, Trial } from '@lossline/sweeps'

/** Looks for settings where it keeps nobody from being answered: a Gaussian process computes for up to seconds. */
export interface SuggestionThread {
  /**
   * @returns undefined: there are no more.
   * @throws {@link ServerError} `internal` when it fails.
   */
  suggest(question: SuggestionQuestion): Promise<Suggestion | undefined>
  close(): Promise<void>
}

export interface SuggestionQuestion {
  /** Of the sweep, as it is kept. */
  readonly config: string
  readonly trials: readonly Trial[]
  readonly seed: number
}
