import type { ProjectSummary } from '@lossline/protocol'

/** `entity/project`, which tells a project from all others. */
export function projectId({ entity, project }: Pick<ProjectSummary, 'entity' | 'project'>): string {
  return `${entity}/${project}`
}

/** Tags of projects, those that most have first. */
export function tagsOf(projects: readonly Pick<ProjectSummary, 'tags'>[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const tag of projects.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([tag]) => tag)
}

/** Projects with a text in their address or in a tag, and with all of some tags: pinned ones first, then those where something runs, then the latest active. */
export function orderProjects(
  projects: readonly ProjectSummary[],
  search: string,
  pinned: readonly string[],
  tags: readonly string[] = [],
): readonly ProjectSummary[] {
  const text = search.trim().toLowerCase()
  const isPinned = (project: ProjectSummary): number => Number(pinned.includes(projectId(project)))
  const isRunning = (project: ProjectSummary): number => Number(project.runningCount > 0)
  return projects
    .filter((project) => [projectId(project), ...project.tags].some((one) => one.toLowerCase().includes(text)))
    .filter((project) => tags.every((tag) => project.tags.includes(tag)))
    .toSorted((a, b) => isPinned(b) - isPinned(a) || isRunning(b) - isRunning(a) || b.updatedAtMs - a.updatedAtMs)
}

/** How far a run is, 0…1, where its config says how many steps it will take; undefined where it does not. */
export function progressOf(lastStep: number | null, limits: readonly unknown[]): number | undefined {
  const limit = limits.find((one) => typeof one === 'number' && Number.isFinite(one) && one > 0)
  if (lastStep === null || typeof limit !== 'number') return undefined
  return Math.min(1, (lastStep + 1) / limit)
}
