import type { RunSummary } from '@lossline/protocol'
import type { ProjectAddress } from '../../api/queries.ts'
import { lookCount, type StyledRun } from '../chart/palette.ts'
import { isSameProject } from '../run/run-key.ts'

/** The runs of a set that are drawn; none of one that is off. */
export interface DrawnRunSet {
  readonly id: string
  readonly name: string
  /** Where its runs are. */
  readonly at: ProjectAddress
  /** Its filter. */
  readonly query: string
  /** Keys that they are put together by. */
  readonly groupBy: readonly string[]
  /** In list order, by their keys. */
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

/** Names of runs with that of their set, where runs of several sets have the same one. By their keys; undefined: there are none. */
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

/**
 * Looks for runs of other projects that look as a run does that is drawn before them, by their keys: each project counts its runs
 * from one on. Those of the view's own project keep theirs, and so does what is coloured by a value.
 */
export function clearLooks(sets: readonly DrawnRunSet[], own: ProjectAddress): ReadonlyMap<string, StyledRun> {
  const looks = new Map<string, StyledRun>()
  const others = sets.filter(({ at }) => !isSameProject(at, own))
  if (others.length === 0) return looks
  const taken = new Set(sets.flatMap((set) => (others.includes(set) ? [] : set.runs.map(lookId))))
  // Whoever can keep its own look does, before those that cannot get what is left.
  const alike = others
    .flatMap(({ runs }) => runs)
    .filter((run) => {
      const isTaken = taken.has(lookId(run))
      taken.add(lookId(run))
      return isTaken && !isOfValue(run)
    })
  for (const run of alike) {
    for (let step = 1; step < lookCount; step += 1) {
      const look: StyledRun = { number: ((run.number - 1 + step) % lookCount) + 1, color: '' }
      if (taken.has(lookId(look))) continue
      taken.add(lookId(look))
      looks.set(run.runId, look)
      break
    }
  }
  return looks
}

/** Runs in other looks, where they have any. The same list where none has. */
export function withLooks<Run extends RunSummary | undefined>(
  runs: readonly Run[],
  looks: ReadonlyMap<string, StyledRun>,
  keyOf: (runId: string) => string = (runId) => runId,
): readonly Run[] {
  if (looks.size === 0) return runs
  return runs.map((run) => {
    const look = run && looks.get(keyOf(run.runId))
    return look === undefined ? run : { ...run, ...look }
  })
}

function lookId({ number, color }: StyledRun): string {
  return `${(number - 1) % lookCount} ${color}`
}

function isOfValue({ isOfValue: isOne, color }: StyledRun): boolean {
  return isOne === true || color.startsWith('scale-')
}
