/**
 * What the search of a sweep noted of one of its runs, in JSON texts that the store does not look into: `packages/server` writes
 * `{value, low, high, successProbability}` for a suggestion of a model, in the metric's units, and `{valueCount, value, threshold}`
 * for an early stop by a rule, `{}` for one by a controller of the user's own. Undefined: nothing was noted.
 */
export interface SweepTrialRow {
  /** Storage id of the run. */
  readonly run: number
  /** Why it was suggested. */
  readonly suggestion: string | undefined
  /** Why it was stopped before its end. */
  readonly earlyStop: string | undefined
}

/** Of all runs that a sweep has now; in the order of their storage ids. */
export interface SweepTrialQuery {
  readonly sweep: number
}

/** Notes something of a run; what is not given stays. It goes with the run. @throws `not-found` where there is no such run. */
export interface PutSweepTrialWrite {
  readonly kind: 'put-sweep-trial'
  readonly run: number
  readonly suggestion?: string
  readonly earlyStop?: string
}
