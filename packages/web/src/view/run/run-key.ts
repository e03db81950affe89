import type { RunAddress } from '../../api/media-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'

/*
 * In a view runs of several projects lie beside each other. Each is known by one text, its key: a run of the view's own project by
 * its id, one of another project by `entity/project/id`, which no id looks like, as none has a slash. Keys are made where runs come
 * from the server, and read where something is asked of it or a link is made; in between nobody looks into them.
 */

/** Whether two addresses are of the same project. */
export function isSameProject(a: ProjectAddress, b: ProjectAddress): boolean {
  return a.entity === b.entity && a.project === b.project
}

/** The name of a run among those of all projects. */
export function runPathOf({ entity, project, runId }: RunAddress): string {
  return `${entity}/${project}/${runId}`
}

/** The key of a run in a view. */
export function runKeyOf(run: RunAddress, own: ProjectAddress): string {
  return isSameProject(run, own) ? run.runId : runPathOf(run)
}

/** Where the run of a key is. */
export function runAddressOf(key: string, { entity, project }: ProjectAddress): RunAddress {
  const [otherEntity, otherProject, runId] = key.split('/')
  return otherEntity === undefined || otherProject === undefined || runId === undefined
    ? { entity, project, runId: key }
    : { entity: otherEntity, project: otherProject, runId }
}

/** The key that a run has where another project is the own one. */
export function rebaseKey(key: string, from: ProjectAddress, to: ProjectAddress): string {
  return runKeyOf(runAddressOf(key, from), to)
}

/** Runs of one project. */
export interface KeysOfProject {
  readonly at: ProjectAddress
  /** In the order of the keys. */
  readonly runIds: readonly string[]
  readonly keys: readonly string[]
}

/** Keys by the project of their runs, in the order in which the projects come. */
export function keysByProject(keys: readonly string[], own: ProjectAddress): readonly KeysOfProject[] {
  const found = new Map<string, { readonly at: ProjectAddress; readonly runIds: string[]; readonly keys: string[] }>()
  for (const key of keys) {
    const place = key.slice(0, key.lastIndexOf('/') + 1)
    let part = found.get(place)
    if (part === undefined) {
      const { entity, project } = runAddressOf(key, own)
      part = { at: { entity, project }, runIds: [], keys: [] }
      found.set(place, part)
    }
    part.runIds.push(key.slice(place.length))
    part.keys.push(key)
  }
  return [...found.values()]
}

/** The same in parts of at most so many: what one question to the server may be about. */
export function keyPages(keys: readonly string[], own: ProjectAddress, size: number): readonly KeysOfProject[] {
  return keysByProject(keys, own).flatMap((part) =>
    Array.from({ length: Math.ceil(part.keys.length / size) }, (_, page) => {
      const [from, to] = [page * size, (page + 1) * size]
      return { at: part.at, runIds: part.runIds.slice(from, to), keys: part.keys.slice(from, to) }
    }),
  )
}

/** Runs of a project as a view knows them: the same list where it is the view's own. */
export function withRunKeys<Run extends { readonly runId: string }>(
  runs: readonly Run[],
  at: ProjectAddress,
  own: ProjectAddress,
): readonly Run[] {
  if (isSameProject(at, own)) return runs
  return runs.map((run) => ({ ...run, runId: runKeyOf({ ...at, runId: run.runId }, own) }))
}
