import type { Assignment } from './trial.ts'

/** What to try next. */
export interface Suggestion {
  readonly assignment: Assignment
  /** Why; undefined where nothing is known yet, or chance decides. */
  readonly expectation?: Expectation
}

/** What a model expects of a suggestion, in the metric's own units and sign. */
export interface Expectation {
  /** The value that is as likely to be exceeded as not. */
  readonly value: number
  /** Two in three times the value lies between these. */
  readonly low: number
  readonly high: number
  /** How likely it is to be better than the best up to now, in [0, 1]. */
  readonly successProbability: number
}
