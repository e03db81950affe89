import { emptyWorkspace, type Workspace } from './workspace.ts'

/** A workspace in which all panels come by themselves again. Whose runs it is about, axes, and what nobody here knows stay. */
export function resetLayout(workspace: Workspace): Workspace {
  const { isAutomatic, sectionBy, isSorted, sections } = emptyWorkspace
  return { ...workspace, isAutomatic, sectionBy, isSorted, sections }
}

/** Whether nobody has arranged anything, so that there is nothing to reset. */
export function isUsualLayout({ isAutomatic, sectionBy, isSorted, sections }: Workspace): boolean {
  return isAutomatic && sectionBy === emptyWorkspace.sectionBy && !isSorted && sections.length === 0
}
