/** Lets calls that come close together share one transaction. */
export interface GroupCommit<Call, Result> {
  /** Resolves or rejects after the transaction that holds the call. */
  submit(call: Call): Promise<Result>
  /** Commits what waits, now. */
  flush(): void
}

export type Outcome<Result> = { readonly result: Result } | { readonly error: unknown }

export interface GroupCommitOptions<Call, Result> {
  /** Runs all calls in one transaction; one outcome a call, same order. What it throws goes to every call. */
  readonly commit: (calls: readonly Call[]) => readonly Outcome<Result>[]
  /** Least time between the starts of two transactions. A call that comes after a pause does not wait for company. */
  readonly intervalMs: number
}

export function createGroupCommit<Call, Result>(options: GroupCommitOptions<Call, Result>): GroupCommit<Call, Result> {
  interface Waiting {
    readonly call: Call
    readonly resolve: (result: Result) => void
    readonly reject: (error: unknown) => void
  }
  let waiting: Waiting[] = []
  let lastStartMs = Number.NEGATIVE_INFINITY
  let isScheduled = false

  function flush(): void {
    isScheduled = false
    if (waiting.length === 0) return
    const group = waiting
    waiting = []
    lastStartMs = performance.now()
    try {
      const outcomes = options.commit(group.map((one) => one.call))
      for (const [index, one] of group.entries()) {
        const outcome = outcomes[index]!
        if ('error' in outcome) one.reject(outcome.error)
        else one.resolve(outcome.result)
      }
    } catch (error) {
      for (const one of group) one.reject(error)
    }
  }

  function schedule(): void {
    if (isScheduled) return
    isScheduled = true
    const waitMs = lastStartMs + options.intervalMs - performance.now()
    // Not unref'ed: somebody waits for the answer.
    if (waitMs > 0) setTimeout(flush, waitMs)
    else setImmediate(flush)
  }

  return {
    submit: (call) =>
      new Promise((resolve, reject) => {
        waiting.push({ call, resolve, reject })
        schedule()
      }),
    flush,
  }
}
