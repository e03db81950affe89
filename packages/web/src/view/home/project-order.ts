import type { ProjectSummary } from '@lossline/protocol'

/** `entity/project`, which tells a project from all others. */
export function projectId({ entity, project }: Pick<ProjectSummary, 'entity' | 'project'>): string {
  return `${entity}/${project}`
}

/** Projects with a text in their address: pinned ones first, then those where something runs, then the latest active. */
export function orderProjects(
  projects: readonly ProjectSummary[],
  search: string,
  pinned: readonly string[],
): readonly ProjectSummary[] {
  const text = search.trim().toLowerCase()
  const isPinned = (project: ProjectSummary): number => Number(pinned.includes(projectId(project)))
  const isRunning = (project: ProjectSummary): number => Number(project.runningCount > 0)
  return projects
    .filter((project) => projectId(project).toLowerCase().includes(text))
    .toSorted((a, b) => isPinned(b) - isPinned(a) || isRunning(b) - isRunning(a) || b.updatedAtMs - a.updatedAtMs)
}

/** How far a run is, 0…1, where its config says how many steps it will take; undefined where it does not. */
export function progressOf(lastStep: number | null, limits: readonly unknown[]): number | undefined {
  const limit = limits.find((one) => typeof one === 'number' && Number.isFinite(one) && one > 0)
  if (lastStep === null || typeof limit !== 'number') return undefined
  return Math.min(1, (lastStep + 1) / limit)
}
