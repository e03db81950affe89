/** One thing that `doctor` looked at. */
export interface Finding {
  readonly subject: 'node' | 'sqlite' | 'page' | 'data' | 'server' | 'sync'
  readonly status: 'ok' | 'warning' | 'problem'
  readonly detail: string
  /** What to do about it. */
  readonly hint?: string
}
