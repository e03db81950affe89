import { decodeKeyPath, type StrictJsonObject } from '@lossline/protocol'
import type { ProjectAddress } from '../../api/queries.ts'
import { isSameProject } from '../run/run-key.ts'

/** Runs of a project that match a filter; undefined: all of them. */
export interface CountedRuns {
  readonly at: ProjectAddress
  readonly filter: StrictJsonObject | undefined
}

/**
 * The runs of all sets of a view, each once. Undefined: they are all runs of the view's own project, and no others.
 *
 * @param sets - Those that are on.
 */
export function runsOfSets(own: ProjectAddress, sets: readonly CountedRuns[]): readonly CountedRuns[] | undefined {
  const byProject = new Map<string, CountedRuns>()
  for (const { at, filter } of sets) {
    const name = `${at.entity}/${at.project}`
    const known = byProject.get(name)
    const both = known?.filter && filter ? { $or: [known.filter, filter] } : undefined
    byProject.set(name, { at, filter: known === undefined ? filter : both })
  }
  const [first, ...others] = byProject.values()
  const isWhole = first !== undefined && others.length === 0 && first.filter === undefined
  return isWhole && isSameProject(first.at, own) ? undefined : [...byProject.values()]
}

/** Of runs that match a filter those that have logged some metric. @param keys - As the server names metrics. */
export function withAnyMetric(filter: StrictJsonObject | undefined, keys: readonly string[]): StrictJsonObject {
  const isLogged = {
    $or: keys.map((key) => ({ [`keys_info.keys.${decodeKeyPath(key).join('.')}`]: { $exists: true } })),
  }
  return filter === undefined ? isLogged : { $and: [filter, isLogged] }
}
