import type { RunSummary } from '@lossline/protocol'

/** The runs of a set that are drawn; none of one that is off. */
export interface DrawnRunSet {
  readonly id: string
  readonly name: string
  /** Its filter. */
  readonly query: string
  /** Keys that they are put together by. */
  readonly groupBy: readonly string[]
  /** In list order. */
  readonly runs: readonly RunSummary[]
}

/** Sets without the runs that a set before them has too: each run is drawn once. The same lists where there are none. */
export function withoutDoubles(sets: readonly DrawnRunSet[]): readonly DrawnRunSet[] {
  const drawn = new Set<string>()
  return sets.map((set) => {
    const runs = set.runs.filter(({ runId }) => !drawn.has(runId))
    for (const { runId } of runs) drawn.add(runId)
    return runs.length === set.runs.length ? set : { ...set, runs }
  })
}

/** Names of runs with that of their set, where runs of several sets have the same one. By run ids; undefined: there are none. */
export function namesWithSets(sets: readonly DrawnRunSet[]): ReadonlyMap<string, string> | undefined {
  const setsOf = new Map<string, Set<string>>()
  for (const { id, runs } of sets) {
    for (const { displayName } of runs) setsOf.set(displayName, (setsOf.get(displayName) ?? new Set()).add(id))
  }
  const names = sets.flatMap(({ name, runs }) =>
    runs.flatMap((run) =>
      setsOf.get(run.displayName)!.size > 1 ? [[run.runId, `${run.displayName} · ${name}`] as const] : [],
    ),
  )
  return names.length === 0 ? undefined : new Map(names)
}
