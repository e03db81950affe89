import type { ProjectAddress } from '../../api/queries.ts'
import { isSameProject, runAddressOf } from '../run/run-key.ts'
import type { WorkspaceRunSet } from './workspace.ts'

type RunSets = readonly Pick<WorkspaceRunSet, 'id' | 'project'>[]

/**
 * Where the runs of a set are. A view none of whose sets is of its own project, and whose first set is of another entity, came from
 * another server, with the names of that one: there the project of its first set is this one.
 */
export function runSetAddress(
  runSets: RunSets,
  { project }: Pick<WorkspaceRunSet, 'project'>,
  own: ProjectAddress,
): ProjectAddress {
  if (project === undefined || isSameProject(project, own)) return own
  const isOfHere = runSets.some((set) => set.project === undefined || isSameProject(set.project, own))
  const first = runSets[0]?.project
  const isMoved = !isOfHere && first !== undefined && first.entity !== own.entity
  return isMoved && isSameProject(project, first) ? own : project
}

/** Projects of some of the sets of a view that are not its own, each once. */
export function otherProjects(runSets: RunSets, some: RunSets, own: ProjectAddress): readonly ProjectAddress[] {
  const found = some.map((set) => runSetAddress(runSets, set, own)).filter((at) => !isSameProject(at, own))
  return found.filter((at, index) => found.findIndex((one) => isSameProject(one, at)) === index)
}

/** The id that a run has in the project of a set, by its key in the view; undefined: the set is of another project. */
export type RunIdIn = (set: Pick<WorkspaceRunSet, 'project'>, key: string) => string | undefined

/** Tells it for the sets of a view. */
export function runIdIn(runSets: RunSets, own: ProjectAddress): RunIdIn {
  return (set, key) => {
    const run = runAddressOf(key, own)
    return isSameProject(runSetAddress(runSets, set, own), run) ? run.runId : undefined
  }
}

/** Whether a set may be removed: of those of the view's own project one stays, as it is what the view is about. */
export function isRunSetRemovable(runSets: RunSets, id: string, own: ProjectAddress): boolean {
  const isOwn = (set: RunSets[number]): boolean => isSameProject(runSetAddress(runSets, set, own), own)
  return runSets.some((set) => set.id !== id && isOwn(set))
}
