/** Which values of a metric are good; `none`: neither low nor high ones. */
export type MetricGoal = 'minimize' | 'maximize' | 'none'

/** What people of a project say of a metric, whatever its runs say. */
export interface MetricNoteRow {
  readonly projectId: number
  /** Key path text of the metric, logged or not. */
  readonly metric: string
  /** Null in each of the three: nothing was said. An empty text was. */
  readonly description: string | null
  readonly unit: string | null
  readonly goal: MetricGoal | null
  /** Who said something last, and when. */
  readonly username: string
  readonly updatedAtMs: number
}

/** Says something of a metric, or takes it back. */
export interface PutMetricNoteWrite {
  readonly kind: 'put-metric-note'
  readonly project: number
  readonly metric: string
  /** Undefined leaves what was said, null takes it back. Of a metric of which nothing is left, no row is kept. */
  readonly description?: string | null | undefined
  readonly unit?: string | null | undefined
  readonly goal?: MetricGoal | null | undefined
  readonly username: string
  readonly nowMs: number
}
