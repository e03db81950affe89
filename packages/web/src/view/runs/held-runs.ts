/** A list of which the first runs are loaded, and as many as there are. */
export interface LoadedRuns<Run extends { readonly runId: string }> {
  readonly total: number
  /** By place; undefined where not loaded yet. */
  readonly runs: readonly (Run | undefined)[]
}

/**
 * A list as somebody looks at it: runs stay in their places, with what is known of them now, and those that have come since are only
 * counted. Runs that have gone stay as they were last seen; further down, what has been loaded since goes on behind them.
 *
 * @param held - As it was when somebody began to look.
 */
export function holdRuns<Run extends { readonly runId: string }>(
  held: LoadedRuns<Run>,
  now: LoadedRuns<Run>,
): LoadedRuns<Run> & { readonly newCount: number } {
  const newCount = Math.max(0, now.total - held.total)
  const end = held.runs.indexOf(undefined)
  const places = end < 0 ? held.runs : held.runs.slice(0, end)
  const latest = new Map(now.runs.flatMap((run) => (run ? [[run.runId, run] as const] : [])))
  const kept = places.map((run) => run && (latest.get(run.runId) ?? run))
  const known = new Set(places.flatMap((run) => run?.runId ?? []))
  // Whatever has come above them pushed these down.
  const below = now.runs.slice(places.length + newCount)
  const others = below.map((run) => (run && known.has(run.runId) ? undefined : run))
  const total = Math.max(held.total, now.total - newCount)
  return { total, runs: [...kept, ...others].slice(0, total), newCount }
}
