/** What a metric tells, for whoever looks at its charts. */
export interface MetricWords {
  /** '': nobody has said. */
  readonly description: string
  /** Of its values; '': none. */
  readonly unit: string
  /** Which values are good; null: nobody has said, or neither. */
  readonly goal: 'minimize' | 'maximize' | null
}

/** `GET /api/projects/{entity}/{project}/metric-notes?metric=`, and what a change answers. */
export interface MetricNoteResponse {
  /** Key path text. */
  readonly metric: string
  /** What people of the project said, which holds before what its runs say. */
  readonly own: OwnMetricNote
  /** What runs say with `defineMetric`. */
  readonly ofRuns: MetricWords
}

/** What people of a project said of a metric; null where they said nothing. */
export interface OwnMetricNote {
  readonly description: string | null
  readonly unit: string | null
  /** `none`: neither low nor high values are good. */
  readonly goal: 'minimize' | 'maximize' | 'none' | null
  /** Who said something last, and when; null: nobody did. */
  readonly said: { readonly username: string; readonly atMs: number } | null
}

/** Body of `PATCH /api/projects/{entity}/{project}/metric-notes`: what is left out stays, null takes back. */
export interface MetricNoteEdit {
  readonly metric: string
  readonly description?: string | null
  readonly unit?: string | null
  readonly goal?: OwnMetricNote['goal']
}
