import type { ProjectSummary } from '@lossline/protocol'

/**
 * Why nothing is in a project: it waits for its first run, the sample is on its way, or there is no such project, which is said
 * where people have others.
 */
export type EmptyProject = 'waiting' | 'sample' | 'unknown'

/** @param projects - All that whoever asks may see. */
export function toEmptyProject(
  projects: readonly Pick<ProjectSummary, 'entity' | 'project' | 'isSample' | 'runCount'>[],
  at: { readonly entity: string; readonly project: string },
): EmptyProject {
  const found = projects.find(({ entity, project }) => entity === at.entity && project === at.project)
  if (found !== undefined) return found.isSample ? 'sample' : 'waiting'
  return projects.some(({ runCount }) => runCount > 0) ? 'unknown' : 'waiting'
}
