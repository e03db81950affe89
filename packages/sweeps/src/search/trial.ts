import type { StrictJson } from '@lossline/protocol'

/** What becomes of a run of a sweep; W&B's words. */
export type TrialState =
  | 'pending'
  | 'running'
  | 'finished'
  | 'killed'
  | 'crashed'
  | 'failed'
  | 'preempting'
  | 'preempted'

/** Values of parameters by name, nested as the configuration nests them. */
export type Assignment = { readonly [name: string]: StrictJson }

/** A run, as a search sees it. */
export interface Trial {
  readonly state: TrialState
  /** The run's configuration, or more; what else is in it does not matter. */
  readonly config: Assignment
  /** Values of the metric in the order in which they were logged. */
  readonly history: readonly number[]
  /** The metric in the summary. */
  readonly summary?: number | undefined
  /** It was ended because it did badly: what it has reached counts, though it was killed. */
  readonly isStoppedEarly?: boolean
}
